// The same moment on the reader's own clock, below the fund's. Without it the fund's zone stands alone.
// Mark a hidden <dt data-zone-name> and, after it, a <dd data-zone-at="2027-01-29T22:00:00+00:00">.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const page = document.documentElement.lang;
const language = page === "en" ? "en-GB" : page || undefined;
const parts = [
  { weekday: "long" },
  { day: "numeric", month: "long", year: "numeric" },
  { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
];

function shown(moment, timeZone) {
  const [weekday, day, hour] = parts.map((part) => new Intl.DateTimeFormat(language, { ...part, timeZone }).format(moment));
  return `${weekday} ${day}, ${hour}`;
}

for (const place of document.querySelectorAll("[data-zone-at]")) {
  const moment = new Date(place.dataset.zoneAt);
  const name = place.previousElementSibling;
  if (!zone || Number.isNaN(moment.getTime()) || shown(moment, zone) === shown(moment, place.dataset.zoneThere)) continue;
  const time = document.createElement("time");
  time.dateTime = place.dataset.zoneAt;
  time.textContent = shown(moment, zone);
  place.replaceChildren(time);
  name.textContent = `${name.dataset.zoneName} (${zone.split("/").pop().replaceAll("_", " ")})`;
  place.hidden = false;
  name.hidden = false;
}

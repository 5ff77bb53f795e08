// Writes the live total on the button, in the summary and beside the card cost. Without it the page says the same in
// words that stay true whatever is chosen; the server counts for itself in either case.
const form = document.querySelector("form[data-give]");
const summary = document.querySelector("[data-give-summary]");

// "$1,234.56" or "1 234,56 $": what stands around and between the digits is how this language writes this currency.
function readSample(sample) {
  const found = /^(\D*)1(\D*)234(?:(\D)5\d*)?(\D*)$/.exec(sample);
  return found && { before: found[1], group: found[2], decimal: found[3] ?? "", after: found[4] };
}

function write(minor, style, exponent) {
  const digits = minor.toString().padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent).replace(/\B(?=(\d{3})+$)/g, style.group);
  const cents = exponent ? style.decimal + digits.slice(-exponent) : "";
  return style.before + whole + cents + style.after;
}

// As a sentence says it: $5, but $5.50.
function writeShort(minor, style, exponent) {
  const unit = 10n ** BigInt(exponent);
  return minor % unit ? write(minor, style, exponent) : write(minor / unit, style, 0);
}

// Whole minor units, or null for whatever is not plainly an amount: the server reads more ways of writing one.
function read(text, style, exponent) {
  const ungrouped = text.trim().split(style.group).join("").replace(/[\s']/g, "");
  const plain = exponent ? ungrouped.replace(style.decimal, ".") : ungrouped;
  const found = /^(\d{1,9})(?:\.(\d*))?$/.exec(plain);
  if (!found || (found[2] ?? "").length > exponent) return null;
  return BigInt(found[1] + (found[2] ?? "").padEnd(exponent, "0"));
}

function fee(gift, percentBp, fixed) {
  const kept = 10000n - percentBp;
  return ((gift + fixed) * 10000n + kept - 1n) / kept - gift;
}

function start() {
  const exponent = Number(form.dataset.exponent);
  const style = readSample(form.dataset.sample);
  const tick = form.elements.covers_fee;
  const label = form.querySelector("button [data-label]") ?? form.querySelector("button");
  const words = { button: label.textContent.trim(), tick: tick.labels[0].firstChild.textContent };
  const plain = document.querySelector("[data-give-plain]");
  if (!style) return;

  // Null as well for a sum that the campaign does not take: no total is promised for it.
  function gift() {
    const tile = form.elements.amount.value;
    const typed = tile === "other" ? form.elements.own.value : tile.replace(".", style.decimal);
    const amount = read(typed, style, exponent);
    return amount >= BigInt(form.dataset.least) && amount <= BigInt(form.dataset.most) ? amount : null;
  }

  function show(name, minor) {
    summary.querySelector(`[data-give-${name}]`).textContent = write(minor, style, exponent);
  }

  function update() {
    const amount = gift();
    summary.hidden = !amount;
    plain.hidden = Boolean(amount);
    label.textContent = words.button;
    tick.labels[0].firstChild.textContent = words.tick;
    if (!amount) return;
    const cover = fee(amount, BigInt(form.dataset.percentBp), BigInt(form.dataset.fixed));
    const total = tick.checked ? amount + cover : amount;
    show("gift", amount);
    show("cover", cover);
    for (const part of summary.querySelectorAll("[data-give-cover-row]")) part.hidden = !tick.checked;
    show("total", total);
    label.textContent = form.dataset.totalLabel.replace("{total}", write(total, style, exponent));
    tick.labels[0].firstChild.textContent = form.dataset.coverLabel
      .replace("{cover}", write(cover, style, exponent))
      .replace("{gift}", writeShort(amount, style, exponent));
  }

  form.elements.own.addEventListener("input", () => {
    const other = form.querySelector("input[name=amount][value=other]");
    if (form.elements.own.value) other.checked = true;
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "amount" && event.target.value !== "other") form.elements.own.value = "";
  });
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  window.addEventListener("pageshow", update);
  update();
}

if (form && summary) start();

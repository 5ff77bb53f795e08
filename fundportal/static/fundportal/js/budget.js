// Adds up the lines of a budget while somebody types, says how that stands to what is asked for, and adds lines in
// place. Without it both buttons save the page and bring it back with the same.
for (const budget of document.querySelectorAll("[data-budget]")) start(budget);

function start(budget) {
  const { decimal, group } = budget.dataset;
  const exponent = Number(budget.dataset.exponent);
  const lines = budget.querySelector("[data-budget-lines]");
  const repair = budget.querySelector("[data-budget-repair]");
  const asked = document.getElementById(budget.dataset.askedId);

  // Whole minor units, or null for whatever is not plainly an amount: the server reads more ways of writing one.
  function read(text) {
    const plain = text.split(group).join("").replace(/[\s']/gu, "").replace(decimal, ".");
    const found = /^(\d{1,12})(?:\.(\d*))?$/.exec(plain);
    if (!found || (found[2] ?? "").length > exponent) return null;
    return BigInt(found[1] + (found[2] ?? "").padEnd(exponent, "0"));
  }

  function write(minor, separator = group) {
    const unit = 10n ** BigInt(exponent);
    const whole = (minor / unit).toString().replace(/\B(?=(\d{3})+$)/g, separator);
    return minor % unit ? whole + decimal + (minor % unit).toString().padStart(exponent, "0") : whole;
  }

  function sum() {
    const amounts = [...lines.querySelectorAll("[data-budget-amount]")].map((box) => read(box.value));
    return amounts.reduce((total, amount) => total + (amount ?? 0n), 0n);
  }

  function request() {
    if (asked) return read(asked.value);
    return budget.dataset.asked ? BigInt(budget.dataset.asked) : null;
  }

  function compare(total, wanted) {
    if (wanted === null) return "";
    if (total === wanted) return budget.dataset.same;
    const gap = total < wanted ? wanted - total : total - wanted;
    return (total < wanted ? budget.dataset.less : budget.dataset.more).replace("{amount}", write(gap));
  }

  function update() {
    const total = sum();
    const wanted = request();
    budget.querySelector("[data-budget-sum]").textContent = write(total);
    budget.querySelector("[data-budget-compared]").textContent = compare(total, wanted);
    if (!repair) return;
    repair.hidden = wanted === null || total === wanted || total === 0n;
    repair.textContent = budget.dataset.repair.replace("{amount}", write(total));
  }

  // The line's number stands in names and ids counted from 0, in labels counted from 1.
  function addLine() {
    const place = lines.rows.length;
    const line = lines.rows[place - 1].cloneNode(true);
    for (const box of line.querySelectorAll("input")) {
      box.name = box.name.replace(`-${place - 1}-`, `-${place}-`);
      box.id = box.id.replace(`-${place - 1}-`, `-${place}-`);
      box.value = "";
    }
    for (const label of line.querySelectorAll("label")) {
      label.htmlFor = label.htmlFor.replace(`-${place - 1}-`, `-${place}-`);
      label.textContent = label.textContent.replace(place, place + 1);
    }
    lines.append(line);
    line.querySelector("input").focus();
  }

  // As plain buttons they are not what the Enter key presses.
  const more = budget.querySelector("[data-budget-more]");
  more.type = "button";
  more.addEventListener("click", addLine);
  if (repair) repair.type = "button";
  repair?.addEventListener("click", () => {
    asked.value = write(sum(), "");
    asked.dispatchEvent(new Event("input", { bubbles: true }));
    asked.focus();
  });
  budget.addEventListener("input", update);
  asked?.addEventListener("input", update);
  window.addEventListener("pageshow", update);
  update();
}

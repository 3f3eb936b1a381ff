// Masking with a mouse: chosen words become a piece of their own, and a rectangle is drawn on a picture. Without script
// whole sentences and the squares of the net are ticked; what is sent is the same.

// Cuts one label of a text in up to three, so that from..to of its letters is a piece, and ticks that.
function maskPart(label, from, to) {
  const box = label.querySelector("input");
  const words = label.querySelector("span");
  if (box.disabled || from >= to) return;
  const [, id, start] = box.value.match(/^(.*):(\d+)\+\d+$/);
  const text = words.textContent;
  const piece = (a, b, masked) => {
    if (a === b) return [];
    const part = label.cloneNode(true);
    const tick = part.querySelector("input");
    tick.value = `${id}:${Number(start) + a}+${b - a}`;
    tick.checked = masked;
    part.querySelector("span").textContent = text.slice(a, b);
    return [part];
  };
  label.replaceWith(...piece(0, from, box.checked), ...piece(from, to, true), ...piece(to, text.length, box.checked));
}

function maskChosen(field) {
  const chosen = getSelection();
  if (chosen.rangeCount === 0 || chosen.isCollapsed) return;
  const range = chosen.getRangeAt(0);
  for (const label of field.querySelectorAll(".pieces label")) {
    const words = label.querySelector("span");
    if (!range.intersectsNode(words)) continue;
    const place = (node, offset, otherwise) => node === words.firstChild ? offset : otherwise;
    maskPart(label, place(range.startContainer, range.startOffset, 0), place(range.endContainer, range.endOffset, words.textContent.length));
  }
  chosen.removeAllRanges();
}

for (const field of document.querySelectorAll("[data-masking]")) {
  const button = field.querySelector("[data-mask-chosen]");
  button.hidden = false;
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // the words stay chosen
  button.addEventListener("click", () => maskChosen(field));
  // Choosing words is no tick.
  field.querySelector(".pieces").addEventListener("click", (event) => {
    if (event.detail > 0 && !getSelection().isCollapsed && event.target.tagName !== "INPUT") event.preventDefault();
  });
}

// The squares are one stop of the Tab key: arrows go from one to the next, past those that are black for good.
for (const squares of document.querySelectorAll(".mask-squares")) {
  const boxes = [...squares.querySelectorAll("input")];
  const columns = Number(squares.dataset.columns);
  const next = (at, key) => ({
    ArrowLeft: at % columns > 0 ? at - 1 : -1,
    ArrowRight: at % columns < columns - 1 ? at + 1 : -1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
  })[key];
  const first = boxes.find((box) => !box.disabled);
  if (!first) continue;
  first.tabIndex = 0;
  document.querySelector("[data-net-keys]").hidden = false;
  squares.addEventListener("focusin", (event) => {
    for (const box of boxes) box.tabIndex = box === event.target ? 0 : -1;
  });
  squares.addEventListener("keydown", (event) => {
    let at = next(boxes.indexOf(event.target), event.key);
    if (at === undefined) return;
    event.preventDefault();
    while (boxes[at]?.disabled) at = next(at, event.key);
    boxes[at]?.focus();
  });
}

const Whole = 1000;
const Least = 12;

function addRegion(net, region) {
  const list = document.querySelector("[data-regions]");
  const no = list.querySelectorAll("input").length + 1;
  const row = document.createElement("div");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", id: `region-${no}`, name: "Regions", value: region, checked: true });
  const label = Object.assign(document.createElement("label"), { htmlFor: box.id, textContent: net.dataset.regionLabel.replace(/\{(\d)\}/g, (_, at) => String(at === "0" ? no : Math.round(region.split(",")[at - 1] / 10))) });
  row.className = "choice";
  row.append(box, label);
  list.append(row);
  list.hidden = false;
}

function drawn(net, from, to) {
  const frame = net.getBoundingClientRect();
  const at = (value, start, length) => Math.min(Whole, Math.max(0, Math.round((value - start) / length * Whole)));
  const [x1, x2] = [from.clientX, to.clientX].map((x) => at(x, frame.left, frame.width)).sort((a, b) => a - b);
  const [y1, y2] = [from.clientY, to.clientY].map((y) => at(y, frame.top, frame.height)).sort((a, b) => a - b);
  return [x1, y1, x2 - x1, y2 - y1];
}

for (const net of document.querySelectorAll("[data-net]")) {
  const svg = net.querySelector("svg");
  let began = null;
  let rect = null;
  net.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch" || event.button !== 0) return; // a finger scrolls, and ticks squares
    began = event;
  });
  addEventListener("pointermove", (event) => {
    if (!began) return;
    if (!rect && Math.hypot(event.clientX - began.clientX, event.clientY - began.clientY) < Least) return;
    rect ??= svg.appendChild(document.createElementNS(svg.namespaceURI, "rect"));
    drawn(net, began, event).forEach((value, i) => rect.setAttribute(["x", "y", "width", "height"][i], String(value)));
  });
  addEventListener("pointerup", (event) => {
    if (rect) {
      const region = drawn(net, began, event);
      rect.dataset.region = region.join(",");
      if (region[2] > 0 && region[3] > 0) addRegion(net, rect.dataset.region);
      else rect.remove();
      net.addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
      setTimeout(() => net.dispatchEvent(new MouseEvent("click", { cancelable: true })));
    }
    began = rect = null;
  });
}

// A region that is no longer ticked is no longer black.
document.querySelector("[data-regions]")?.addEventListener("change", (event) => {
  for (const rect of document.querySelectorAll("[data-region]")) {
    if (rect.dataset.region === event.target.value) rect.toggleAttribute("hidden", !event.target.checked);
  }
});

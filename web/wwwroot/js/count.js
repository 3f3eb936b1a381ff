// Says how many characters are left under a text box; the server checks the limit in any case.
const timers = new WeakMap();

function show(area) {
  const note = document.getElementById(`${area.id}-count`);
  if (!note) return;
  const left = Number(area.dataset.count) - area.value.replace(/\r\n?/g, "\n").length;
  const text = left < 0 ? area.dataset.countOver : area.dataset.countLeft;
  note.textContent = text.replace("{0}", String(Math.abs(left)));
  note.classList.toggle("over", left < 0);
  clearTimeout(timers.get(area));
  timers.set(area, setTimeout(() => note.setAttribute("role", "status"), 1000));
}

for (const area of document.querySelectorAll("textarea[data-count]")) {
  area.addEventListener("input", () => show(area));
  if (area.value) show(area);
}

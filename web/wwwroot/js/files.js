// Says what was chosen and how large it is, before it is sent.
const list = document.getElementById("chosen");
const input = document.querySelector('input[type="file"][name="Files"]');

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function show() {
  list.replaceChildren(...[...input.files].map((file) => {
    const line = document.createElement("li");
    const limit = Number(file.type.startsWith("image/") ? list.dataset.photo : list.dataset.limit);
    line.textContent = `${file.name} ${size(file.size)}`;
    if (file.size > limit) {
      const note = document.createElement("strong");
      note.className = "error";
      note.textContent = list.dataset.over;
      line.append(" ", note);
    }
    return line;
  }));
  list.hidden = input.files.length === 0;
}

if (list && input) input.addEventListener("change", show);

// Comfort for handing in texts: drag and drop, and each file in a request of its own with its progress, so that a
// broken connection costs one file and can be taken up again. Without this script the form sends all files at once.
"use strict";

(() => {
  const form = document.getElementById("upload");
  const list = document.getElementById("sending");
  if (!form || !window.FormData) return;
  const input = form.querySelector("input[type=file]");
  const word = form.querySelector("input[name=csrf]").value;
  const largest = Number(form.dataset.largest);
  let busy = false;

  const line = (file) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = file.name;
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", `Đang gửi ${file.name}`);
    const said = document.createElement("span");
    said.className = "soft";
    item.append(name, bar, said);
    list.append(item);
    return { item, bar, said };
  };

  const send = (upload, file, shown) => new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/tai-len/${upload}/tep`);
    request.setRequestHeader("x-csrf-word", word);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) shown.bar.value = event.loaded / event.total;
    });
    const lost = () => resolve({ again: true, said: "Mất kết nối khi gửi tệp này." });
    request.addEventListener("error", lost);
    request.addEventListener("abort", lost);
    request.addEventListener("load", () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* a page: the server refused the whole request */ }
      if (request.status === 201) resolve({ said: answer.said });
      else if (request.status >= 500 || request.status === 429) resolve({ again: true, said: "Máy chủ đang bận." });
      else resolve({ bad: true, said: answer.message || `Tệp chưa được nhận (mã ${request.status}).` });
    });
    const data = new FormData();
    data.append("tep", file, file.name);
    request.send(data);
  });

  const one = async (upload, file, shown) => {
    if (file.size > largest) {
      shown.bar.remove();
      shown.said.textContent = `Tệp lớn hơn ${Math.round(largest / 1048576)} MB nên chưa được nhận. Xin tách thành các tệp nhỏ hơn (GA413).`;
      return false;
    }
    for (;;) {
      shown.said.textContent = "đang gửi…";
      const answer = await send(upload, file, shown);
      shown.said.textContent = answer.said;
      if (!answer.again) {
        shown.bar.remove();
        return !answer.bad;
      }
      await new Promise((resolve) => {
        const again = document.createElement("button");
        again.type = "button";
        again.className = "second";
        again.textContent = "Gửi lại";
        again.addEventListener("click", () => { again.remove(); resolve(); });
        shown.item.append(again);
      });
    }
  };

  const sendAll = async (files) => {
    if (busy || !files.length) return;
    busy = true;
    list.hidden = false;
    list.replaceChildren();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const begun = await fetch("/tai-len/dot", { method: "POST", headers: { "x-csrf-word": word } });
      if (!begun.ok) throw new Error(String(begun.status));
      const { upload } = await begun.json();
      const lines = [...files].map((file) => [file, line(file)]);
      let fine = true;
      for (const [file, shown] of lines) fine = (await one(upload, file, shown)) && fine;
      if (fine) { window.location.assign(`/tai-len/${upload}`); return; }
      const on = document.createElement("p");
      const link = document.createElement("a");
      link.href = `/tai-len/${upload}`;
      link.textContent = "Xem các tệp đã nhận";
      on.append(link);
      list.after(on);
    } catch {
      const item = document.createElement("li");
      item.textContent = "Chưa nối được với máy chủ. Xin kiểm tra mạng rồi bấm Tải lên lần nữa.";
      list.append(item);
    } finally {
      busy = false;
      button.disabled = false;
      delete form.dataset.sent;
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendAll(input.files);
  });
  for (const kind of ["dragover", "dragenter"]) {
    form.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); });
  }
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    sendAll([...event.dataTransfer.files]);
  });
})();

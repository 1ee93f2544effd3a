// Comfort of the review page: choosing without a reload, keys, marking what was missed. All of it works without.
"use strict";

(() => {
  const desk = document.querySelector(".review");
  const text = document.getElementById("text");
  if (!desk || !text) return;
  const blind = desk.hasAttribute("data-blind");
  const base = `/ra-soat/${desk.dataset.version}`;
  const chosen = document.getElementById("chosen"), say = document.getElementById("say"), rows = document.getElementById("rows");
  const trouble = document.getElementById("trouble");
  const path = (id) => blind ? `${base}/lan-hai/${id}` : `${base}/phat-hien/${id}`;
  const place = () => blind ? `${base}/lan-hai` : base;
  const shown = () => [...rows.children].filter((row) => !row.hidden);
  const card = () => chosen.querySelector("[data-card]");

  // Choosing a finding.
  let wanted = null;
  const choose = (id, how) => {
    if (!id) return;
    wanted = { id, how };
    htmx.ajax("GET", path(id), { target: "#chosen", swap: "innerHTML" });
    history.replaceState(null, "", `${place()}?phat-hien=${id}`);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".review a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const id = link.dataset.finding || link.closest("[data-finding]")?.dataset.finding || first(link.closest("mark"));
    if (!id || !new URL(link.href).searchParams.has("phat-hien")) return;
    event.preventDefault();
    if (!getSelection().isCollapsed && link.closest("mark")) return;
    choose(id, link.closest("mark") ? "text" : event.detail ? "list" : "keyboard");
  });
  const first = (mark) => {
    const ids = mark?.dataset.ids?.split(" ") ?? [];
    return ids.find((id) => rows.querySelector(`[data-finding="${id}"]`)?.dataset.state !== "dismissed") ?? ids[0];
  };

  // After the card was exchanged: mark what is chosen, scroll to it, say it, and put the focus where work goes on.
  const settle = () => {
    const now = card();
    document.querySelectorAll(".review mark.now").forEach((mark) => mark.classList.remove("now"));
    rows.querySelectorAll("[aria-current]").forEach((link) => link.removeAttribute("aria-current"));
    chosen.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = !navigator.clipboard; });
    if (!now) return;
    const id = now.dataset.card;
    const marks = [...text.querySelectorAll(`mark[data-ids~="${id}"]`)];
    marks.forEach((mark) => mark.classList.add("now"));
    const row = rows.querySelector(`[data-finding="${id}"]`);
    row?.firstElementChild.setAttribute("aria-current", "true");
    if (row && row.offsetParent && rows.scrollHeight > rows.clientHeight) {
      rows.scrollTop += row.getBoundingClientRect().top - rows.getBoundingClientRect().top - rows.clientHeight / 3;
    }
    return { id, marks, now };
  };
  const dim = () => {
    for (const mark of text.querySelectorAll("mark[data-ids]")) {
      const off = mark.dataset.ids.split(" ").every((id) => rows.querySelector(`[data-finding="${id}"]`)?.dataset.state === "dismissed");
      mark.classList.toggle("off", off);
    }
  };
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== chosen) return;
    trouble.hidden = true;
    const found = settle();
    const decided = event.detail.requestConfig?.verb === "post";
    if (!found) return;
    if (decided) {
      dim();
      filter();
      (chosen.querySelector("[data-after]") ?? chosen.querySelector("h2")).focus({ preventScroll: true });
      return;
    }
    const how = wanted?.how;
    if (how !== "text") found.marks[0]?.scrollIntoView({ block: "center" });
    if (how === "keyboard" || how === "text" || narrow()) chosen.querySelector("h2").focus({ preventScroll: !narrow() });
    if (narrow()) chosen.scrollIntoView();
    chosen.scrollTop = 0;
    say.textContent = chosen.querySelector("h2").textContent;
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    trouble.textContent = page.querySelector(".trouble p")?.textContent ?? "Chưa lưu được. Xin tải lại trang rồi thử lại.";
    trouble.hidden = false;
    chosen.querySelectorAll("form").forEach((form) => delete form.dataset.sent);
  });
  document.body.addEventListener("htmx:sendError", () => {
    trouble.textContent = "Không nối được với máy chủ nên chưa lưu. Xin kiểm tra mạng rồi bấm lại.";
    trouble.hidden = false;
    chosen.querySelectorAll("form").forEach((form) => delete form.dataset.sent);
  });
  const narrow = () => matchMedia("(max-width: 62rem)").matches;

  // The list is narrowed in place.
  const filters = document.getElementById("filters");
  const filter = () => {
    if (!filters) return;
    const { muc, xem } = filters.elements;
    for (const row of rows.children) {
      row.hidden = (muc.value && row.dataset.severity !== muc.value) || (xem.value && row.dataset.state !== xem.value);
    }
    const all = rows.children.length, left = shown().length;
    document.getElementById("shown").textContent = left === all ? "" : `Đang hiện ${left}/${all}`;
  };
  // A list the server has narrowed holds only some of the rows; then the form is sent as without script.
  const whole = filters && !filters.elements.muc.value && !filters.elements.xem.value;
  if (whole) filters.querySelector("[data-without-script]").hidden = true;
  filters?.addEventListener("change", () => whole ? filter() : filters.requestSubmit());

  // Copying a suggestion.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    say.textContent = "Đã chép gợi ý.";
    button.textContent = "Đã chép";
  });

  // Keys. They rest in fields, under dialogs, and where a person has turned them off.
  const help = document.getElementById("help"), box = document.getElementById("keys-on");
  const stored = { get: () => { try { return localStorage.getItem("phim-tat"); } catch { return null; } }, put: (value) => { try { localStorage.setItem("phim-tat", value); } catch { /* kept for this page only */ } } };
  if (box) {
    box.checked = stored.get() !== "tat";
    const show = () => desk.classList.toggle("keys-on", box.checked);
    box.addEventListener("change", () => { stored.put(box.checked ? "bat" : "tat"); show(); });
    show();
    const opener = document.getElementById("help-open");
    opener.hidden = false;
    opener.addEventListener("click", () => help.showModal());
  }
  const step = (by) => {
    const list = shown(), id = card()?.dataset.card;
    const at = list.findIndex((row) => row.dataset.finding === id);
    const next = list[at < 0 ? 0 : at + by];
    if (next) choose(next.dataset.finding, "step");
    else say.textContent = by > 0 ? "Đã ở phát hiện cuối." : "Đã ở phát hiện đầu.";
  };
  const open = (way) => {
    const details = chosen.querySelector(`details[data-way="${way}"]`);
    if (!details) { say.textContent = "Vai trò của đồng chí không dùng được quyết định này."; return; }
    chosen.querySelectorAll("details.way[open]").forEach((one) => { if (one !== details) one.open = false; });
    details.open = true;
    details.querySelector("input[type=radio]").focus();
    details.scrollIntoView({ block: "nearest" });
  };
  const keys = {
    j: () => step(1), k: () => step(-1), x: () => open("confirmed"), b: () => open("dismissed"), c: () => open("consult"),
    u: () => { const form = chosen.querySelector("[data-undo]"); if (form) form.requestSubmit(); else say.textContent = "Không có quyết định nào của đồng chí để hoàn tác."; },
    "?": () => help?.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input, textarea, select, [contenteditable]");
    const details = event.target.closest("details.way[open]");
    if (event.key === "Escape" && details) {
      details.open = false;
      details.querySelector("summary").focus();
      return;
    }
    if (field || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat && !"jk".includes(event.key)) return;
    if (document.querySelector("dialog[open]") || (box && !box.checked)) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  // Enter in the own words saves, as in the line of a form; Shift+Enter begins a new line.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.closest("details.way textarea")) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  });

  // Marking what the machine missed: offsets are code points of the text.
  const pick = document.getElementById("pick"), add = document.getElementById("add");
  if (pick && add) {
    document.addEventListener("selectionchange", () => {
      const chosenText = getSelection();
      const range = chosenText.rangeCount ? chosenText.getRangeAt(0) : null;
      if (!range || range.collapsed || !text.contains(range.commonAncestorContainer)) { pick.hidden = true; return; }
      const before = document.createRange();
      before.selectNodeContents(text);
      before.setEnd(range.startContainer, range.startOffset);
      const start = [...before.toString()].length, end = start + [...range.toString()].length;
      pick.firstElementChild.href = `${base}/them?tu=${start}&den=${end}`;
      pick.hidden = false;
    });
  }

  const opened = settle();
  // What was just said, with its undo, stands at the top and stays in view.
  if (opened && !narrow() && !document.querySelector(".said") && new URLSearchParams(location.search).has("phat-hien")) opened.marks[0]?.scrollIntoView({ block: "center" });
})();

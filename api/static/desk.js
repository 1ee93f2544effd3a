// Comfort only: every page works without it.
"use strict";

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === "post") {
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 5000);
  }
});

// Menus close with Escape and when another place is pressed.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelectorAll("details.me[open]").forEach((one) => one.removeAttribute("open"));
});
document.addEventListener("click", (event) => {
  document.querySelectorAll("details.me[open]").forEach((one) => { if (!one.contains(event.target)) one.removeAttribute("open"); });
});

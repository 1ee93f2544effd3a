// Comfort only: a button beside words that copies them; without it they can be selected. data-copy may name the button.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  if (!navigator.clipboard) return;
  for (const words of document.querySelectorAll("[data-copy]")) {
    const label = words.dataset.copy || "Chép câu này";
    const button = document.createElement("button");
    button.type = "button"; button.className = "plain"; button.textContent = label;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(words.textContent.trim());
      button.textContent = "Đã chép";
      setTimeout(() => { button.textContent = label; }, 2000);
    });
    words.after(button);
  }
});

// Comfort only: a button beside each rewording that copies it; without it the words can be selected.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  if (!navigator.clipboard) return;
  for (const words of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button"; button.className = "plain"; button.textContent = "Chép câu này";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(words.textContent.trim());
      button.textContent = "Đã chép";
      setTimeout(() => { button.textContent = "Chép câu này"; }, 2000);
    });
    words.after(button);
  }
});

// Begins when all views are there.
(() => {
"use strict";
// The token is in a cookie now, and neither in the address nor in what the browser remembers of it.
if (location.search) history.replaceState(null, "", location.pathname + location.hash);
addEventListener("hashchange", live.open);
// The address says what is shown, and stays.
document.querySelector(".skip").addEventListener("click", event => { event.preventDefault(); page.byId("main").focus(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) live.tick(); });
// The choice of colours is kept, where the browser keeps anything for this page.
const key = "ablate-theme", theme = document.documentElement.dataset;
function kept() { try { return localStorage.getItem(key); } catch { return null; } }
function keep() { try { localStorage.setItem(key, theme.theme); } catch { /* not kept */ } }
page.makeTheme(() => live.open());
if (["light", "dark"].includes(kept())) page.setTheme(kept());
page.byId("theme").addEventListener("click", keep);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { page.byId("theme").textContent = page.isDark() ? "Light" : "Dark"; });
live.open();
})();

// Entry point of the landing page, /.
document.querySelector("#start")?.removeAttribute("hidden");

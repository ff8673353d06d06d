// Entry point of the playground, /s/{id}.
document.querySelector("#app")?.setAttribute("data-ready", "");

// Review by keyboard: letters press what bears them. They can be switched off, and are never taken from a field.
(function () {
  "use strict";
  var KEPT = "loket-toetsen";
  var option = 0;

  function on() {
    try { return window.localStorage.getItem(KEPT) !== "uit"; } catch (error) { return true; }
  }

  function desk() { return document.querySelector(".desk"); }

  function show() {
    var it = desk();
    if (!it) return;
    it.classList.toggle("keys-off", !on());
    var box = document.getElementById("toetsen-aan");
    if (box) box.checked = on();
    document.querySelectorAll("[data-says-on]").forEach(function (word) {
      word.textContent = word.getAttribute(on() ? "data-says-on" : "data-says-off");
    });
    mark();
  }

  // The row of whoever is shown beside: a swap of the right half leaves the list as it is.
  function mark() {
    var name = document.getElementById("naam");
    if (!name) return;
    var row = document.getElementById("rij-" + name.getAttribute("data-row"));
    document.querySelectorAll(".item.chosen").forEach(function (old) {
      if (old !== row) {
        old.classList.remove("chosen");
        var link = old.querySelector("a");
        if (link) link.removeAttribute("aria-current");
      }
    });
    if (!row) return;
    row.classList.add("chosen");
    var own = row.querySelector("a");
    if (own) own.setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
  }

  function pressed(selector) {
    var it = document.querySelector(selector);
    if (!it) return false;
    it.click();
    return true;
  }

  function typing(target) {
    return target.closest && target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  }

  // Opens who moves in one of the other places, and has Enter choose it.
  function open(nth) {
    var choose = document.querySelector("[data-option='" + nth + "']");
    if (!choose) return false;
    option = nth;
    var who = document.getElementById("wie-" + nth);
    if (who) who.open = true;
    choose.focus();
    choose.scrollIntoView({ block: "nearest" });
    return true;
  }

  function note() {
    var it = document.getElementById("notitie-nieuw");
    if (!it) return false;
    it.open = true;
    var field = document.getElementById("notitie");
    if (field) { field.focus(); field.scrollIntoView({ block: "nearest" }); }
    return true;
  }

  function tried() {
    return pressed("[data-try='" + (option || 1) + "']");
  }

  function closed() {
    var shut = false;
    document.querySelectorAll("details.keys-list[open], details.adder[open]").forEach(function (it) {
      it.open = false;
      var head = it.querySelector("summary");
      if (head) head.focus();
      shut = true;
    });
    return shut || pressed("[data-key=escape]");
  }

  document.addEventListener("keydown", function (event) {
    if (!desk() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    var field = typing(event.target);
    if (event.key === "Escape") {
      if (field) { event.target.blur(); event.preventDefault(); return; }
      if (closed()) event.preventDefault();
      return;
    }
    if (field) return;
    if (event.key === "?") {
      var list = document.getElementById("toetsen");
      if (list) {
        list.open = !list.open;
        var inside = list.open ? document.getElementById("toetsen-aan") : list.querySelector("summary");
        if (inside) inside.focus();
        event.preventDefault();
      }
      return;
    }
    if (!on()) return;
    var key = event.key === "ArrowDown" ? "j" : event.key === "ArrowUp" ? "k" : event.key.toLowerCase();
    // Arrows scroll where somebody reads, and choose where somebody works through the list.
    if (event.key.indexOf("Arrow") === 0 && !(event.target.closest && event.target.closest(".desk-list, h1, body > main") || event.target === document.body)) return;
    var done = false;
    if (key === "/") {
      var seek = document.getElementById("zoek");
      if (seek) { seek.focus(); done = true; }
    } else if (key >= "1" && key <= "5" && key.length === 1) done = open(key);
    else if (key === "n") done = note();
    else if (key === "p") done = tried();
    else if (key.length === 1 && "jkavwstu".indexOf(key) >= 0) done = pressed("[data-key='" + key + "']");
    if (done) event.preventDefault();
  });

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[data-key=n]");
    if (link && note()) event.preventDefault();
  });

  document.addEventListener("change", function (event) {
    if (event.target.id !== "toetsen-aan") return;
    try { window.localStorage.setItem(KEPT, event.target.checked ? "aan" : "uit"); } catch (error) { /* for this page only */ }
    show();
  });

  document.addEventListener("loket:swapped", function () { option = 0; show(); });
  show();
})();

// Quicker with a script: forms and links with data-swap take one element out of the page that is answered; what has data-fresh renews itself.
(function () {
  "use strict";
  document.documentElement.classList.add("has-script");
  var busy = false;

  // The page as it was answered, and where it ended up.
  function fetched(address, how) {
    how = how || {};
    how.headers = { Accept: "text/html" };
    how.credentials = "same-origin";
    return fetch(address, how).then(function (answer) {
      return answer.text().then(function (text) {
        return { page: new DOMParser().parseFromString(text, "text/html"), place: answer.url, status: answer.status };
      });
    });
  }

  // Puts the elements that both pages have in place; false when the answer has none of them.
  function put(selector, page) {
    var done = false;
    selector.split(",").forEach(function (one) {
      var old = document.querySelector(one.trim());
      var fresh = page.querySelector(one.trim());
      if (old && fresh) {
        var top = old.scrollTop;
        old.replaceWith(document.importNode(fresh, true));
        var now = document.querySelector(one.trim());
        if (now && top && now.hasAttribute("data-keep-scroll")) now.scrollTop = top;
        done = true;
      }
    });
    return done;
  }

  function swap(selector, address, how, keep) {
    if (busy) return;
    busy = true;
    document.documentElement.setAttribute("aria-busy", "true");
    fetched(address, how).then(function (answer) {
      if (!put(selector, answer.page)) {
        window.location.assign(answer.place);
        return;
      }
      document.title = answer.page.title;
      if (!keep) window.history.pushState({ swapped: true }, "", answer.place);
      var focus = document.querySelector("[data-focus]");
      if (focus) focus.focus({ preventScroll: false });
      document.dispatchEvent(new CustomEvent("loket:swapped"));
    }).catch(function () {
      if (!how) window.location.assign(address);
      else window.location.reload();
    }).finally(function () {
      busy = false;
      document.documentElement.removeAttribute("aria-busy");
    });
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[data-swap]");
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    swap(link.getAttribute("data-swap"), link.href);
  });

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented) return;
    // A second press sends nothing twice.
    if (form.dataset.sent) { event.preventDefault(); return; }
    var selector = form.getAttribute("data-swap");
    if (!selector) {
      if (form.method === "post") {
        form.dataset.sent = "yes";
        window.setTimeout(function () { delete form.dataset.sent; }, 3000);
      }
      return;
    }
    event.preventDefault();
    var fields = new URLSearchParams(new FormData(form));
    var button = event.submitter;
    if (button && button.name) fields.append(button.name, button.value);
    var address = (button && button.getAttribute("formaction")) || form.action;
    if (form.method === "post") swap(selector, address, { method: "POST", body: fields });
    else swap(selector, address.split("?")[0] + "?" + fields.toString());
  });

  // Controls that send their form at once: a sort, a filter.
  document.addEventListener("change", function (event) {
    var form = event.target.matches && event.target.matches("[data-send]") && event.target.form;
    if (form) form.requestSubmit();
  });

  window.addEventListener("popstate", function () { window.location.reload(); });

  // What renews itself: each in its own time, not while somebody types or chooses in it. When each was last asked for, by id.
  var asked = {};
  window.setInterval(function () {
    if (document.hidden || busy) return;
    var now = Date.now();
    document.querySelectorAll("[data-fresh][id]").forEach(function (part) {
      var every = Number(part.getAttribute("data-fresh")) * 1000;
      var last = asked[part.id];
      if (!last) { asked[part.id] = now; return; }
      if (!every || now - last < every || part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")) return;
      asked[part.id] = now;
      var id = part.id;
      var from = part.getAttribute("data-from") || window.location.href;
      fetched(from).then(function (answer) {
        var fresh = answer.page.getElementById(id);
        var old = document.getElementById(id);
        if (!old || !fresh || old.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")) return;
        if (old.isEqualNode(fresh)) return;
        var focused = old.contains(document.activeElement) && document.activeElement.id;
        old.replaceWith(document.importNode(fresh, true));
        if (focused && document.getElementById(focused)) document.getElementById(focused).focus({ preventScroll: true });
        document.dispatchEvent(new CustomEvent("loket:swapped"));
      }).catch(function () { /* the next time */ });
    });
  }, 1000);

  // A slash goes to the search of the page, else to that in the header; the switch of the review's keys holds here too.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest && event.target.closest("input, textarea, select, [contenteditable]")) return;
    try { if (window.localStorage.getItem("loket-toetsen") === "uit") return; } catch (error) { /* then they are on */ }
    var seek = document.getElementById("zoek") || document.getElementById("zoek-overal");
    if (!seek || !seek.offsetParent) return;
    seek.focus();
    event.preventDefault();
  });

  // What is on the page goes to paper.
  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("[data-print]")) window.print();
  });

  // A password that may be seen.
  document.addEventListener("change", function (event) {
    var box = event.target.closest && event.target.closest("[data-shows]");
    var field = box && document.getElementById(box.getAttribute("data-shows"));
    if (field) field.type = box.checked ? "text" : "password";
  });

  var first = document.querySelector("[data-focus]");
  if (first) first.focus();
})();

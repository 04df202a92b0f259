"use strict";
(() => {
  const tip = document.getElementById("tip");
  const hide = svg => { tip.hidden = true; svg.querySelector(".cursor").setAttribute("visibility", "hidden"); };
  for (const svg of document.querySelectorAll("figure svg")) {
    const series = [...svg.querySelectorAll("[data-points]")].map(path => ({
      name: path.dataset.name,
      colour: path.getAttribute("class").split(" ")[1],
      points: path.dataset.points.split(";").filter(Boolean).map(text => { const [x, at, value] = text.split("|"); return { x: +x, at, value }; }),
    })).filter(one => one.points.length);
    svg.addEventListener("pointermove", event => {
      const box = svg.getBoundingClientRect();
      const x = (event.clientX - box.left) * svg.viewBox.baseVal.width / box.width;
      if (x < +svg.dataset.left || x > +svg.dataset.right || !series.length) { hide(svg); return; }
      const nearest = series.map(one => ({ one, point: one.points.reduce((a, b) => Math.abs(b.x - x) < Math.abs(a.x - x) ? b : a) }));
      const lead = nearest.reduce((a, b) => Math.abs(b.point.x - x) < Math.abs(a.point.x - x) ? b : a).point;
      const cursor = svg.querySelector(".cursor");
      cursor.setAttribute("x1", lead.x); cursor.setAttribute("x2", lead.x); cursor.setAttribute("visibility", "visible");
      tip.replaceChildren();
      const head = document.createElement("div"); head.textContent = svg.dataset.x + " " + lead.at; tip.append(head);
      for (const { one, point } of nearest) {
        if (Math.abs(point.x - lead.x) > 24) continue;
        const row = document.createElement("div"), mark = document.createElement("i"), value = document.createElement("b");
        mark.className = "swatch " + one.colour; value.textContent = point.value;
        row.append(mark, one.name, value); tip.append(row);
      }
      tip.hidden = false;
      const left = event.clientX + 16 + tip.offsetWidth > innerWidth ? event.clientX - 16 - tip.offsetWidth : event.clientX + 16;
      tip.style.left = Math.max(4, left) + "px"; tip.style.top = Math.min(event.clientY + 12, innerHeight - tip.offsetHeight - 4) + "px";
    });
    svg.addEventListener("pointerleave", () => hide(svg));
  }
})();

// Draws every [data-chart] with ECharts, which is loaded only when a page has one.
(function () {
  "use strict";
  const script = document.currentScript;
  const drawn = new Map();
  let loading = null;

  function load() {
    if (!loading) {
      loading = new Promise((resolve, reject) => {
        const tag = document.createElement("script");
        tag.src = script.dataset.echarts;
        tag.onload = resolve;
        tag.onerror = reject;
        document.head.append(tag);
      });
    }
    return loading;
  }

  // CSS knows the colours of both themes; an element asked for its colour gives the present one.
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  function colour(name) {
    probe.style.color = `var(${name})`;
    return window.getComputedStyle(probe).color;
  }
  function resolved(value) {
    if (typeof value === "string") {
      const name = /^var\((--[\w-]+)\)$/.exec(value);
      return name ? colour(name[1]) : value;
    }
    if (Array.isArray(value)) return value.map(resolved);
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner)]));
    }
    return value;
  }

  function theme() {
    const ink = colour("--dk-ink-soft");
    const line = colour("--dk-line");
    const axis = {
      axisLine: { lineStyle: { color: line } },
      axisTick: { show: false },
      axisLabel: { color: ink },
      nameTextStyle: { color: ink },
      splitLine: { lineStyle: { color: line } },
    };
    const surface = colour("--dk-surface");
    return {
      color: [1, 2, 3, 4, 5, 6].map((index) => colour(`--dk-chart-${index}`)),
      backgroundColor: "transparent",
      textStyle: { color: ink, fontFamily: window.getComputedStyle(document.body).fontFamily },
      legend: { textStyle: { color: ink }, icon: "roundRect", itemWidth: 10, itemHeight: 10 },
      // As HTML, a tooltip would bring style attributes, which the page's policy refuses.
      tooltip: {
        renderMode: "richText",
        confine: true,
        backgroundColor: surface,
        borderColor: line,
        textStyle: { color: colour("--dk-ink") },
      },
      visualMap: { textStyle: { color: ink } },
      categoryAxis: { ...axis, splitLine: { show: false } },
      valueAxis: { ...axis, axisLine: { show: false } },
      timeAxis: axis,
      calendar: {
        itemStyle: { color: colour("--dk-canvas"), borderColor: surface, borderWidth: 2 },
        splitLine: { lineStyle: { color: line } },
        dayLabel: { color: ink, nameMap: document.documentElement.lang.startsWith("zh") ? "ZH" : "EN" },
        monthLabel: { color: ink, nameMap: document.documentElement.lang.startsWith("zh") ? "ZH" : "EN" },
      },
      pie: { itemStyle: { borderColor: surface, borderWidth: 2 } },
    };
  }

  function draw(element) {
    const option = JSON.parse(element.dataset.chart);
    const chart = window.echarts.init(element, theme(), {
      renderer: "svg",
      locale: document.documentElement.lang.startsWith("zh") ? "ZH" : "EN",
    });
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    chart.setOption({ animation: !still, animationDuration: 300, ...resolved(option) });
    chart.on("click", (event) => {
      const url = event.data && event.data.url;
      if (url) window.location.assign(url);
    });
    drawn.set(element, chart);
  }

  function dropGone() {
    drawn.forEach((chart, element) => {
      if (!element.isConnected) {
        chart.dispose();
        drawn.delete(element);
      }
    });
  }
  function drawNew() {
    dropGone();
    const fresh = Array.from(document.querySelectorAll("[data-chart]")).filter((element) => !drawn.has(element));
    if (fresh.length) load().then(() => fresh.filter((element) => !drawn.has(element)).forEach(draw));
  }
  function redraw() {
    drawn.forEach((chart, element) => {
      chart.dispose();
      draw(element);
    });
  }

  drawNew();
  document.body.addEventListener("htmx:afterSettle", drawNew);
  document.addEventListener("dakehu:theme", redraw);
  window.addEventListener("resize", () => drawn.forEach((chart) => chart.resize()));
})();

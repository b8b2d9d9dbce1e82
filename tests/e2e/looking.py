"""What can be wrong with a page that is shown in a browser, found by looking at it there."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# The rules that WCAG 2.2 A and AA demand; target-size stands for 2.5.8.
DEMANDED = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# Of these, what depends on colours, width and size of type; the others see the same in every look.
OF_THE_LOOK = ["color-contrast", "target-size", "scrollable-region-focusable"]
AXE = """([type, values]) => axe.run(document, {
  runOnly: { type, values }, resultTypes: ['violations'],
  selectors: false, preload: false, iframes: false,
}).then((found) => found.violations.flatMap((rule) => rule.nodes.map((node) =>
  'breaks ' + rule.id + ': ' + node.html.slice(0, 160).replace(/\\s+/g, ' ')
  + ' (' + node.any.concat(node.all, node.none).map((check) => check.message).join('; ') + ')')))"""
# What is wrong with the page that is shown, in words.
FAULTS = """() => {
  const faults = [];
  const name = (it) => it.outerHTML.slice(0, it.outerHTML.indexOf('>') + 1).replace(/\\s+/g, ' ');
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide > 0) faults.push('is ' + wide + ' px too wide');
  const scrolls = (it) => it && (/auto|scroll/.test(getComputedStyle(it).overflowX)
    || it.matches('.visually-hidden, .skip') || scrolls(it.parentElement));
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const { left, right, width } = range.getBoundingClientRect();
    const out = width > 1 && (left < -1 || right > window.innerWidth + 1);
    if (out && texts.currentNode.parentElement.checkVisibility()
      && !scrolls(texts.currentNode.parentElement))
      faults.push('has words past the edge: ' + texts.currentNode.textContent.trim());
  }
  const heads = document.querySelectorAll('h1').length;
  if (heads !== 1) faults.push('has ' + heads + ' h1');
  const ids = Array.from(document.querySelectorAll('[id]'), (it) => it.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  if (twice.length) faults.push('has twice: ' + twice.join(' '));
  for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
    const said = field.getAttribute('aria-label') || field.getAttribute('aria-labelledby');
    if (!said && !Array.from(field.labels).some((label) => label.textContent.trim()))
      faults.push('has no label: ' + name(field));
  }
  for (const it of document.querySelectorAll('a[href], button, summary')) {
    const said = it.getAttribute('aria-label') || it.querySelector('[aria-label]');
    const mute = !said && !it.textContent.trim() && !it.closest('[hidden]');
    if (mute) faults.push('says nothing: ' + name(it));
  }
  for (const way of ['for', 'aria-describedby', 'aria-labelledby', 'aria-controls'])
    for (const it of document.querySelectorAll('[' + way + ']'))
      for (const id of it.getAttribute(way).split(' '))
        if (!document.getElementById(id)) faults.push(way + ' leads nowhere: ' + name(it));
  return faults;
}"""
# What is too small to be hit: links in running text are as high as its lines, and what can be hit
# beside the words (a label, the whole card) counts. A sheet looks as it will be printed.
SMALL = """(least) => {
  const running = (it) => {
    if (!it.matches('a') || getComputedStyle(it).display !== 'inline') return false;
    let around = it.parentElement;
    while (getComputedStyle(around).display.startsWith('inline')) around = around.parentElement;
    const rest = around.cloneNode(true);
    rest.querySelectorAll('a, button').forEach((one) => one.remove());
    return /[\\p{L}\\p{N}]/u.test(rest.textContent);
  };
  const target = (it) => {
    for (const part of ['::before', '::after']) {
      const look = getComputedStyle(it, part);
      if (look.content === 'none' || look.position !== 'absolute') continue;
      let ground = it;
      while (getComputedStyle(ground).position === 'static') ground = ground.parentElement;
      return ground.getBoundingClientRect();
    }
    const label = it.matches('[type=checkbox], [type=radio]') && it.closest('label');
    return (label || it).getBoundingClientRect();
  };
  const all = 'a[href], button, summary, input:not([type=hidden]), select, textarea';
  return Array.from(document.querySelectorAll(all))
    .filter((it) => it.checkVisibility({ visibilityProperty: true }))
    .filter((it) => !it.matches('.skip, .paper a') && !running(it))
    .map((it) => [it, target(it)])
    .filter(([, { width, height }]) => width < least - 0.5 || height < least - 0.5)
    .map(([it, { width, height }]) => 'has a target of ' + Math.round(width) + ' × '
      + Math.round(height) + ' px: ' + it.outerHTML.slice(0, 120).replace(/\\s+/g, ' '));
}"""
# 适老化: 60 × 60 in the larger view, 44 × 44 elsewhere.
LEAST = {"standard": 44, "elder": 60}


def faults(page: Page, mode: str, *, again: bool = False) -> list[str]:
    """All that is wrong, in words; `again`: all was looked for in another look of the page."""
    page.evaluate(AXE_SCRIPT)
    found: list[Any] = [
        *page.evaluate(FAULTS),
        *page.evaluate(SMALL, LEAST[mode]),
        *page.evaluate(AXE, ["rule", OF_THE_LOOK] if again else ["tag", DEMANDED]),
    ]
    return list(map(str, found))

import type { Page } from 'playwright-core';
import { HURT } from './hostileTexts.ts';

/** What is wrong with a page as it is drawn now, each in a line; empty where nothing is. */
export async function harmIn(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(INSPECTION);
}

/**
 * Runs in the browser. Unseen are control characters, what turns or hides text, and halves of characters; line feeds, tabs and
 * what joins letters are text.
 */
const INSPECTION = String.raw`(() => {
  const found = [];
  if (${HURT} !== undefined) found.push('a payload ran');
  if (Object.prototype.polluted !== undefined) found.push('the prototype of objects was changed');
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) {
    const isFree = (element) => {
      for (let above = element.parentElement; above; above = above.parentElement)
        if (above !== document.body && above !== document.documentElement && getComputedStyle(above).overflowX !== 'visible') return false;
      return true;
    };
    const reaches = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5 && isFree(element));
    const last = reaches.filter((element) => !reaches.some((other) => other !== element && element.contains(other)));
    found.push('it scrolls sideways by ' + wide + ' px: ' + last.slice(0, 4).map((element) => element.outerHTML.slice(0, 60) + ' in ' + element.parentElement.outerHTML.slice(0, 60)).join(' | '));
  }
  const made = 'img, iframe, object, embed, base, meta[http-equiv=refresh], body script, [onerror], [onload], [onclick], [onfocus], [onmouseover]';
  for (const element of document.body.querySelectorAll(made)) found.push('an element was made: ' + element.outerHTML.slice(0, 80));
  for (const form of document.forms) if (form.hasAttribute('action')) found.push('a form sends to ' + form.action);
  for (const link of document.links) {
    if (!/^https?:$/.test(link.protocol)) found.push('a link leads to ' + link.href.slice(0, 80));
    else if (link.origin !== location.origin && !(link.relList.contains('noopener') && link.relList.contains('noreferrer')))
      found.push('a link out lets itself be followed back: ' + link.href.slice(0, 80));
  }
  const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
  const check = (text, where) => {
    const codes = new Set((text.replace(/[\n\t\u200C\u200D]/g, '').match(unseen) ?? []).map((one) => one.codePointAt(0).toString(16)));
    if (codes.size > 0) found.push(where + ' has unseen ' + [...codes].join(' '));
  };
  check(document.title, 'the title');
  const nameOf = (element) => element.tagName.toLowerCase() + (element.className ? '.' + element.className : '') + ' in ' + (element.closest('section, aside, .table-row, header, nav, p')?.className ?? '');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) check(walker.currentNode.data, nameOf(walker.currentNode.parentElement));
  for (const element of document.body.querySelectorAll('[title], [aria-label], [placeholder]'))
    for (const name of ['title', 'aria-label', 'placeholder'])
      check(element.getAttribute(name) ?? '', name + ' of ' + nameOf(element));
  return [...new Set(found)];
})()`;

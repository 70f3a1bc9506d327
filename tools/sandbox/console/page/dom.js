/**
 * @typedef {{ tag: string, props: Props, children: Child[], svg: boolean }} Element
 * @typedef {Element | string} Child
 * @typedef {Record<string, unknown>} Props
 * @typedef {Child | number | null | undefined | false | readonly unknown[]} Loose
 */

const svgNamespace = "http://www.w3.org/2000/svg";

/** What each node was made from. @type {WeakMap<Node, Element>} */
const made = new WeakMap();

/**
 * A description of an element. `key` tells it from its siblings, `on...` are listeners, `style` is a map of CSS properties.
 * @param {string} tag @param {Props | null} [props] @param {Loose[]} children @returns {Element}
 */
export function h(tag, props, ...children) {
  return { tag, props: props ?? {}, children: flat(children), svg: false };
}

/** An element of an SVG. @param {string} tag @param {Props | null} [props] @param {Loose[]} children @returns {Element} */
export function s(tag, props, ...children) {
  return { ...h(tag, props, ...children), svg: true };
}

/** Makes the children of a node what is described, and touches only what differs. @param {globalThis.Element} parent @param {Loose[]} children */
export function render(parent, ...children) {
  patchChildren(parent, flat(children));
}

/** @param {Loose[]} children @returns {Child[]} */
function flat(children) {
  const leaves = /** @type {(Child | number | null | undefined | false)[]} */ (children.flat(Infinity));
  return leaves.flatMap((child) => {
    if (child === null || child === undefined || child === false) {
      return [];
    }
    return [typeof child === "number" ? String(child) : child];
  });
}

/** @param {globalThis.Element} parent @param {Child[]} children */
function patchChildren(parent, children) {
  const keyed = new Map();
  for (const node of parent.childNodes) {
    const key = made.get(node)?.props["key"];
    if (key !== undefined) {
      keyed.set(key, node);
    }
  }
  /** @type {Node | null} */
  let next = parent.firstChild;
  for (const child of children) {
    const key = typeof child === "string" ? undefined : child.props["key"];
    const found = key === undefined ? next : (keyed.get(key) ?? null);
    const reusable = found && fits(found, child) ? found : null;
    const node = reusable ?? create(child);
    if (reusable) {
      patch(reusable, child);
    }
    if (node === next) {
      next = node.nextSibling;
    } else {
      parent.insertBefore(node, next);
    }
  }
  while (next) {
    const rest = next.nextSibling;
    parent.removeChild(next);
    next = rest;
  }
}

/** @param {Node} node @param {Child} child */
function fits(node, child) {
  if (typeof child === "string") {
    return node.nodeType === Node.TEXT_NODE;
  }
  const before = made.get(node);
  return before !== undefined && before.tag === child.tag && before.props["key"] === child.props["key"];
}

/** @param {Child} child @returns {Node} */
function create(child) {
  if (typeof child === "string") {
    return document.createTextNode(child);
  }
  const node = child.svg ? document.createElementNS(svgNamespace, child.tag) : document.createElement(child.tag);
  made.set(node, { ...child, props: { key: child.props["key"] }, children: [] });
  patch(node, child);
  return node;
}

/** @param {Node} node @param {Child} child */
function patch(node, child) {
  if (typeof child === "string") {
    if (node.nodeValue !== child) {
      node.nodeValue = child;
    }
    return;
  }
  const element = /** @type {HTMLElement} */ (node);
  const before = made.get(node)?.props ?? {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(child.props)])) {
    set(element, name, child.props[name], before[name]);
  }
  made.set(node, child);
  patchChildren(element, child.children);
}

/** @param {HTMLElement} element @param {string} name @param {unknown} value @param {unknown} before */
function set(element, name, value, before) {
  if (name === "key" || value === before) {
    return;
  }
  if (name.startsWith("on")) {
    /** @type {any} */ (element)[name] = value ?? null;
  } else if (name === "style") {
    setStyle(element, /** @type {any} */ (value) ?? {}, /** @type {any} */ (before) ?? {});
  } else if (name === "value") {
    if (/** @type {HTMLInputElement} */ (element).value !== value) {
      /** @type {HTMLInputElement} */ (element).value = String(value ?? "");
    }
  } else if (name === "open" && element instanceof HTMLDetailsElement) {
    element.open = Boolean(value);
  } else if (value === undefined || value === null || value === false) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** The page's policy forbids the attribute `style`, not the properties. @param {HTMLElement} element @param {Record<string, string>} value @param {Record<string, string>} before */
function setStyle(element, value, before) {
  for (const name of new Set([...Object.keys(before), ...Object.keys(value)])) {
    if (value[name] !== before[name]) {
      element.style.setProperty(name, value[name] ?? "");
    }
  }
}

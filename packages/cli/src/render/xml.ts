// SPDX-License-Identifier: Apache-2.0

export interface XmlElement {
  readonly name: string;
  /** An undefined value leaves the attribute out. */
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly content: string | readonly XmlElement[];
}

/** An XML document, one element a line. */
export function printXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${printElement(root, "")}\n`;
}

function printElement({ name, attributes, content }: XmlElement, indent: string): string {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  const open = `${indent}<${name}${list.join("")}`;
  if (content.length === 0) return `${open}/>`;
  if (typeof content === "string") return `${open}>${escapeXml(content)}</${name}>`;
  const inside = content.map((element) => printElement(element, `${indent}  `));
  return [`${open}>`, ...inside, `${indent}</${name}>`].join("\n");
}

/** What XML 1.0 cannot hold even as a reference becomes U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd")
    .replace(/[&<>"\r\n\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A school's ways in from its own site: the address of its pages here, and the code of the small page that may be framed. */
export interface EmbedCode {
  home: string
  link: string
  frame: string
  page: string
  picture: string
}

export function embedCode(origin: string, school: { code: string; name: string }): EmbedCode {
  const home = `${origin}/s/${encodeURIComponent(school.code)}`
  const title = `${escaped(school.name)}信息公开与办事服务`
  return {
    home,
    link: `<a href="${home}" target="_blank" rel="noopener">${title}</a>`,
    frame: `<iframe src="${home}/embed" title="${title}" width="100%" height="420" loading="lazy" style="border:1px solid #c3ccd6"></iframe>`,
    page: `${home}/embed`,
    picture: `/qr/s/${encodeURIComponent(school.code)}.png`,
  }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)

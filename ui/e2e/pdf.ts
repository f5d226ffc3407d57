// PDF files as a test needs them.

const chinese = '<< /Type /Font /Subtype /Type0 /BaseFont /STSong /Encoding /UniGB-UTF16-H /DescendantFonts ' +
  '[<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>] >>'

/**
 * pdf is a file of pages of A4, each with its lines from the top: Latin text, or
 * <hexadecimal UTF-16> in a Chinese font that the file does not hold.
 */
export function pdf(pages: string[][], trailer = ''): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pages.map((_, i) => `${5 + 2 * i} 0 R`).join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    chinese,
    ...pages.flatMap((lines, i) => {
      const text = lines.map((line, n) => `BT ${line.startsWith('<') ? '/F2' : '/F1'} 18 Tf 60 ${760 - 30 * n} Td ${line.startsWith('<') ? line : `(${line})`} Tj ET`).join('\n')
      const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${6 + 2 * i} 0 R >>`
      return [page, `<< /Length ${text.length} >>\nstream\n${text}\nendstream`]
    }),
  ]
  let file = '%PDF-1.7\n'
  const places = objects.map((object, i) => {
    const at = file.length
    file += `${i + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const table = file.length
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`
  return Buffer.from(`${file}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer}>>\nstartxref\n${table}\n%%EOF\n`, 'latin1')
}

import { crc32, inflateRawSync } from 'node:zlib'

// Office files as a test needs them: just enough for a reader to open.

const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

/** docx is a Word file with one paragraph, an author, a comment and a photo that says where it was taken. */
export function docx({ author, comment, text }: { author: string; comment: string; text: string }): Buffer {
  return zip({
    '[Content_Types].xml': `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/><Override PartName="/word/document.xml" ContentType="${word}.document.main+xml"/><Override PartName="/word/comments.xml" ContentType="${word}.comments+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${packaged}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/comments" Target="comments.xml"/></Relationships>`,
    'word/document.xml': `<w:document xmlns:w="${main}"><w:body><w:p><w:commentRangeStart w:id="1"/><w:r><w:t>${text}</w:t></w:r><w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r></w:p></w:body></w:document>`,
    'word/comments.xml': `<w:comments xmlns:w="${main}"><w:comment w:id="1" w:author="${author}"><w:p><w:r><w:t>${comment}</w:t></w:r></w:p></w:comment></w:comments>`,
    'docProps/core.xml': `<cp:coreProperties xmlns:cp="${packaged}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>${author}</dc:creator></cp:coreProperties>`,
    'word/media/image1.jpeg': photo(),
  })
}

/** photo is a JPEG file of metadata only: a directory with a GPS directory, which says north. */
function photo(): Buffer {
  const exif = Buffer.from('Exif\0\0II*\0\b\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0', 'latin1')
  const length = Buffer.from([0, exif.length + 2])
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1]), length, exif, Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 0x3f, 0, 0, 0xff, 0xd9])])
}

/** zip writes entries as they are, without compression. */
function zip(entries: Record<string, string | Buffer>): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(entries)) {
    const data = typeof content === 'string' ? Buffer.from(head + content) : content
    const title = Buffer.from(name)
    // version, flags (names in UTF-8), method, time, date, sum, sizes, lengths
    const about = Buffer.alloc(26)
    about.writeUInt16LE(20, 0)
    about.writeUInt16LE(0x800, 2)
    about.writeUInt16LE(0x21, 8) // 1 January 1980
    about.writeUInt32LE(crc32(data), 10)
    about.writeUInt32LE(data.length, 14)
    about.writeUInt32LE(data.length, 18)
    about.writeUInt16LE(title.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    bodies.push(Buffer.from('PK\x03\x04'), about, title, data)
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), about, place, title)
    offset += 4 + about.length + title.length + data.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(bodies.length / 4, 4)
  end.writeUInt16LE(bodies.length / 4, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...bodies, list, Buffer.from('PK\x05\x06'), end])
}

/** textsIn reads everything that a zip file says, through its directory. */
export function textsIn(file: Buffer): string {
  let at = file.readUInt32LE(file.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16)
  const texts: string[] = []
  while (file.toString('latin1', at, at + 4) === 'PK\x01\x02') {
    const [method, size, place] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 20), file.readUInt32LE(at + 42)]
    const from = place + 30 + file.readUInt16LE(place + 26) + file.readUInt16LE(place + 28)
    const data = file.subarray(from, from + size)
    texts.push((method === 8 ? inflateRawSync(data) : data).toString())
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  return texts.join('\n')
}

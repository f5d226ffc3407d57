// What is larger is made smaller: a photograph of a card is legible with this.
const largeFile = 1_500_000 // bytes
const longestSide = 2400 // pixels

// shrink makes a large picture smaller, of the same type, so that it can be sent
// over a slow line. Whatever cannot be shrunk is returned as it is: the server
// judges it.
export async function shrink(file: File): Promise<File> {
  if (file.size <= largeFile || !['image/jpeg', 'image/png'].includes(file.type)) return file
  try {
    const picture = await load(file)
    const scale = Math.min(1, longestSide / Math.max(picture.naturalWidth, picture.naturalHeight))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.naturalWidth * scale)
    canvas.height = Math.round(picture.naturalHeight * scale)
    canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const small = await new Promise<Blob | null>((done) => canvas.toBlob(done, file.type, 0.85))
    return small && small.type === file.type && small.size < file.size ? new File([small], file.name, { type: file.type }) : file
  } catch {
    return file
  }
}

// load reads through a data address: the site's policy allows pictures no other.
function load(file: File): Promise<HTMLImageElement> {
  return new Promise((done, fail) => {
    const reader = new FileReader()
    reader.onerror = () => fail(reader.error)
    reader.onload = () => {
      const picture = new Image()
      picture.onload = () => done(picture)
      picture.onerror = fail
      picture.src = reader.result as string
    }
    reader.readAsDataURL(file)
  })
}

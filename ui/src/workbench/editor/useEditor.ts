import { Editor } from '@tiptap/vue-3'
import { onBeforeUnmount, shallowRef } from 'vue'
import { extensions } from './extensions'
import { attachmentIdOf } from './imageAddress'
import { plainHtml } from './plainHtml'
import type { PreviewAddress } from './imageView'

interface Options {
  html: string
  editable: boolean
  /** Attributes of the element that is written in: id, label, description. */
  attributes: () => Record<string, string>
  preview: PreviewAddress
  onChange: (html: string) => void
  onFiles: (files: File[]) => void
  onLostImages: (count: number) => void
  onToolbar: () => void
}

/** useEditor wires TipTap to the form: HTML in, HTML out, files and lost pictures told. */
export function useEditor(options: Options) {
  const editor = shallowRef(
    new Editor({
      content: plainHtml(options.html).html,
      editable: options.editable,
      injectCSS: false, // the style sheet is style/richtext.css
      extensions: extensions(options.preview),
      editorProps: {
        attributes: options.attributes(),
        transformPastedHTML(html) {
          const pasted = plainHtml(html)
          if (pasted.lostImages > 0) options.onLostImages(pasted.lostImages)
          return pasted.html
        },
        handlePaste: (_, event) => takeFiles(event.clipboardData, event),
        handleDrop: (_, event) => takeFiles(event.dataTransfer, event),
        handleKeyDown(_, event) {
          if (!(event.altKey && event.key === 'F10')) return false
          options.onToolbar()
          return true
        },
      },
      onUpdate: ({ editor: changed }) => options.onChange(changed.isEmpty ? '' : changed.getHTML()),
    }),
  )

  // Word puts a picture of the text beside the text: the text is what is meant.
  function takeFiles(data: DataTransfer | null, event: Event): boolean {
    const files = [...(data?.files ?? [])]
    if (files.length === 0 || data?.types.includes('text/html') || data?.types.includes('text/rtf')) return false
    event.preventDefault()
    options.onFiles(files)
    return true
  }

  function redraw(html: string) {
    const { from } = editor.value.state.selection
    editor.value.commands.setContent(plainHtml(html).html, { emitUpdate: false })
    editor.value.commands.setTextSelection(Math.min(from, editor.value.state.doc.content.size))
  }

  function insertImage(src: string, alt: string) {
    editor.value.chain().focus().setImage({ src, alt }).run()
  }

  function removeImages(id: string) {
    const { tr, doc } = editor.value.state
    const places: number[] = []
    doc.descendants((node, place) => {
      if (node.type.name === 'image' && attachmentIdOf(String(node.attrs.src)) === id) places.push(place)
    })
    if (places.length === 0) return
    places.reverse().forEach((place) => tr.delete(place, place + 1))
    editor.value.view.dispatch(tr)
  }

  /** relabel draws the attributes again, after an error came or went. */
  const relabel = () => editor.value.view.setProps({ attributes: options.attributes() })

  onBeforeUnmount(() => editor.value.destroy())
  return { editor, redraw, insertImage, removeImages, relabel }
}

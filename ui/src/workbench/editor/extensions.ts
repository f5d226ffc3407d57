import { Mark, mergeAttributes } from '@tiptap/core'
import type { Extensions } from '@tiptap/core'
import { Image } from '@tiptap/extension-image'
import { TableKit } from '@tiptap/extension-table'
import { TextAlign } from '@tiptap/extension-text-align'
import { StarterKit } from '@tiptap/starter-kit'
import { imageView } from './imageView'
import type { PreviewAddress } from './imageView'

// What the editor knows is what the server lets through (pb_hooks/richtext):
// a person never sees a format that will not be there when it is public.

const aligned = ['paragraph', 'heading']

/** Alignment is stored as align="center": the server keeps no style attributes. */
const Alignment = TextAlign.extend({
  addGlobalAttributes() {
    return [
      {
        types: aligned,
        attributes: {
          textAlign: {
            default: null,
            parseHTML: (element) => alignOf(element),
            renderHTML: ({ textAlign }: Record<string, unknown>) => (textAlign ? { align: textAlign } : {}),
          },
        },
      },
    ]
  },
})

function alignOf(element: HTMLElement): string | null {
  const value = (element.style.textAlign || element.getAttribute('align') || '').toLowerCase()
  return value === 'center' || value === 'right' ? value : null
}

const small = (name: string, tag: string) =>
  Mark.create({
    name,
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, mergeAttributes(HTMLAttributes), 0],
  })

export function extensions(preview: PreviewAddress): Extensions {
  return [
    StarterKit.configure({
      heading: { levels: [2, 3, 4] },
      code: false,
      codeBlock: false,
      trailingNode: false,
      link: { openOnClick: false, autolink: true, defaultProtocol: 'https', protocols: ['http', 'https', 'mailto', 'tel'], HTMLAttributes: { target: null, rel: null } },
    }),
    small('subscript', 'sub'),
    small('superscript', 'sup'),
    Alignment.configure({ types: aligned, alignments: ['left', 'center', 'right'] }),
    TableKit.configure({ table: { resizable: false } }),
    Image.extend({ addNodeView: () => imageView(preview) }).configure({ inline: true, allowBase64: false }),
  ]
}

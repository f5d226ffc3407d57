import type { Editor } from '@tiptap/vue-3'

export interface Tool {
  name: string
  /** What a screen reader says where the name alone is too short. */
  label?: string
  run: (editor: Editor) => void
  isOn?: (editor: Editor) => boolean
  can?: (editor: Editor) => boolean
}

const go = (editor: Editor) => editor.chain().focus()

/** The toolbar, group by group. What needs a question (link, picture) is added by the component. */
export const toolGroups: Tool[][] = [
  [
    { name: '撤销', run: (e) => go(e).undo().run(), can: (e) => e.can().undo() },
    { name: '重做', run: (e) => go(e).redo().run(), can: (e) => e.can().redo() },
  ],
  [
    { name: '正文', label: '正文段落', run: (e) => go(e).setParagraph().run(), isOn: (e) => e.isActive('paragraph') },
    { name: '大标题', label: '大标题（二级）', run: (e) => go(e).toggleHeading({ level: 2 }).run(), isOn: (e) => e.isActive('heading', { level: 2 }) },
    { name: '小标题', label: '小标题（三级）', run: (e) => go(e).toggleHeading({ level: 3 }).run(), isOn: (e) => e.isActive('heading', { level: 3 }) },
    { name: '加粗', run: (e) => go(e).toggleBold().run(), isOn: (e) => e.isActive('bold') },
  ],
  [
    { name: '• 列表', label: '项目符号列表', run: (e) => go(e).toggleBulletList().run(), isOn: (e) => e.isActive('bulletList') },
    { name: '1. 列表', label: '编号列表', run: (e) => go(e).toggleOrderedList().run(), isOn: (e) => e.isActive('orderedList') },
  ],
  [
    { name: '居左', run: (e) => go(e).unsetTextAlign().run(), isOn: (e) => !e.isActive({ textAlign: 'center' }) && !e.isActive({ textAlign: 'right' }) },
    { name: '居中', run: (e) => go(e).setTextAlign('center').run(), isOn: (e) => e.isActive({ textAlign: 'center' }) },
    { name: '居右', run: (e) => go(e).setTextAlign('right').run(), isOn: (e) => e.isActive({ textAlign: 'right' }) },
  ],
]

export const insertTable: Tool = { name: '表格', label: '插入表格（3 行 3 列）', run: (e) => go(e).insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run() }

/** Shown only inside a table. */
export const tableTools: Tool[] = [
  { name: '下方加行', run: (e) => go(e).addRowAfter().run() },
  { name: '右侧加列', run: (e) => go(e).addColumnAfter().run() },
  { name: '删除行', run: (e) => go(e).deleteRow().run() },
  { name: '删除列', run: (e) => go(e).deleteColumn().run() },
  { name: '首行表头', label: '首行作为表头', run: (e) => go(e).toggleHeaderRow().run() },
  { name: '合并或拆分', label: '合并或拆分单元格', run: (e) => go(e).mergeOrSplit().run(), can: (e) => e.can().mergeOrSplit() },
  { name: '删除表格', run: (e) => go(e).deleteTable().run() },
]

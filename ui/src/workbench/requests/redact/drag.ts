import type { Point } from './geometry'

interface Dragging {
  onMove: (from: Point, to: Point) => void
  /** The hand let go; nothing, if the drag was broken off. */
  onEnd: (kept: boolean) => void
}

/** follow follows one pointer from its press to its release, in fractions of the sheet. Escape breaks it off. */
export function follow(press: PointerEvent, sheet: HTMLElement, { onMove, onEnd }: Dragging): void {
  const target = press.currentTarget as HTMLElement
  // The sheet may scroll meanwhile: it is measured at each move.
  const at = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top, width, height } = sheet.getBoundingClientRect()
    return { x: (clientX - left) / width, y: (clientY - top) / height }
  }
  const from = at(press)
  const move = (event: PointerEvent) => event.pointerId === press.pointerId && onMove(from, at(event))
  const up = (event: PointerEvent) => event.pointerId === press.pointerId && end(true)
  const cancel = (event: PointerEvent) => event.pointerId === press.pointerId && end(false)
  const escape = (event: KeyboardEvent) => event.key === 'Escape' && end(false)

  function end(kept: boolean) {
    target.removeEventListener('pointermove', move)
    target.removeEventListener('pointerup', up)
    target.removeEventListener('pointercancel', cancel)
    window.removeEventListener('keydown', escape)
    onEnd(kept)
  }

  target.setPointerCapture(press.pointerId)
  target.addEventListener('pointermove', move)
  target.addEventListener('pointerup', up)
  target.addEventListener('pointercancel', cancel)
  window.addEventListener('keydown', escape)
}

/** isGrip tells whether a press begins a drag: the main button, or the first finger while fingers mark and do not scroll. */
export const isGrip = (press: PointerEvent, fingersMark: boolean): boolean => press.isPrimary && press.button === 0 && (press.pointerType === 'mouse' || fingersMark)

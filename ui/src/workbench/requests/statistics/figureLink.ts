import type { InjectionKey } from 'vue'
import type { RouteLocationRaw } from 'vue-router'

/** linkToFigure leads from a figure of the tables to its cases. */
export const linkToFigure: InjectionKey<(figure: string) => RouteLocationRaw> = Symbol('linkToFigure')

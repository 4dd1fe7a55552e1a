import type { Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'

/** What a feature brings to the frame. `ui/src/features/<domain>/module.ts` exports one as default. */
export interface FeatureModule {
  /** Pages load lazily: `component: () => import('./Page.vue')`. */
  routes: RouteRecordRaw[]
  /** Entries of the top bar (phone: bottom bar), or of the user menu. */
  menu?: MenuEntry[]
}

export interface MenuEntry {
  /** Name of a route. */
  route: string
  /** Text key. */
  label: string
  icon: Component
  place: 'bar' | 'user'
  /** Smaller comes first. */
  order: number
  administratorOnly?: boolean
}

declare module 'vue-router' {
  interface RouteMeta {
    /** Text key of the document's title. */
    title?: string
    /** Reachable without a login session. */
    public?: boolean
    administratorOnly?: boolean
    /** Dark in both themes, edge to edge, no page margins: the picture is the product. */
    stage?: boolean
  }
}

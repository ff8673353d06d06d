import type { Point } from "./scene";

/**
 * Where bridges and what hangs on them have their places: a grid of tiles below a machine's netfilter band, each with room for a
 * bridge, a row of cells and rows of low cells. The first bridge has two tiles. Places do not depend on how many others there are.
 */
export const PITCH = 150;
export const CELL_W = 134;
export const BRIDGE_H = 46;
export const CELLS_DY = BRIDGE_H + 34;
const CELL_H = 80;
const LOW_H = 40;
const LOW_PITCH = 50;
const LOW_DY = CELLS_DY + CELL_H + 16;
const LOW_ROWS = 3;
export const FOLD_H = 24;

const FIRST_X = 36;
const blockWidth = (columns: number) => columns * PITCH - (PITCH - CELL_W);
const TILE_W = blockWidth(2);
const TILE_GAP = 28;
/** Two shelves of five tiles; when they are full, both grow to seven, and all further ones have seven: as wide as a page is, and no wider. */
const FIRST_SHELVES = 2;
const ABREAST = { first: 5, all: 7 };
const SHELF_GAP = 32;

/** A block of the grid: one bridge and its cells. */
export interface Block {
  shelf: number;
  columns: number;
  /** From the machine's left edge. */
  x: number;
  w: number;
}

export function blockAt(slot: number): Block {
  const tile = slot === 0 ? 0 : slot + 1;
  const abreast = slot === 0 ? 2 : 1;
  const { shelf, column } = placeOf(tile);
  return { shelf, columns: 2 * abreast, x: FIRST_X + column * (TILE_W + TILE_GAP), w: blockWidth(2 * abreast) };
}

function placeOf(tile: number): { shelf: number; column: number } {
  if (tile < FIRST_SHELVES * ABREAST.first) {
    return { shelf: Math.floor(tile / ABREAST.first), column: tile % ABREAST.first };
  }
  const beside = tile - FIRST_SHELVES * ABREAST.first;
  return tile < FIRST_SHELVES * ABREAST.all
    ? { shelf: beside % FIRST_SHELVES, column: ABREAST.first + Math.floor(beside / FIRST_SHELVES) }
    : { shelf: Math.floor(tile / ABREAST.all), column: tile % ABREAST.all };
}

/** How many cells a block has room for. */
export const roomIn = (block: Block) => block.columns * (1 + LOW_ROWS);

/** A cell's place, from its block's upper left corner. */
export function cellAt(block: Block, slot: number): Point & { h: number; low: boolean; column: number } {
  const column = slot % block.columns;
  const row = Math.floor(slot / block.columns);
  const low = row > 0;
  return { x: column * PITCH, y: low ? LOW_DY + (row - 1) * LOW_PITCH : CELLS_DY, h: low ? LOW_H : CELL_H, low, column };
}

/** Where the counted node of those not drawn stands: below as many rows as there are, or right below the bridge. */
export function foldAt(block: Block, cells: number): number {
  const rows = Math.ceil(cells / block.columns);
  return rows === 0 ? CELLS_DY : LOW_DY + (rows - 1) * LOW_PITCH - (LOW_PITCH - LOW_H) + 10;
}

/** How far below one shelf's top the next begins, if its fullest block shows so many rows. */
export function shelfHeight(rows: number): number {
  return LOW_DY + Math.max(LOW_ROWS, rows - 1) * LOW_PITCH - (LOW_PITCH - LOW_H) + 10 + FOLD_H + SHELF_GAP;
}

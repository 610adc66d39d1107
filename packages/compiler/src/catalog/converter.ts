// SPDX-License-Identifier: Apache-2.0
import { lazy } from "./lazy.ts";

/** Where a parameter of a converted event comes from. */
export type ParameterOrigin =
  /** A parameter of the event that is converted. */
  | { readonly kind: "old"; readonly index: number }
  /** A parameter of the entry that was kept for the thread; without one, the default of its type or no bytes. */
  | { readonly kind: "enter"; readonly index: number; readonly ifMissing: "default" | "empty" }
  /** Zero; all bits set for users and groups; no bytes for types of variable size. */
  | { readonly kind: "default" }
  /** No bytes. */
  | { readonly kind: "empty" }
  /** A JSON object made of the parameters of the old container event. */
  | { readonly kind: "container-json" };

/**
 * What happens to an event of an old capture, one step at a time: events are classified again after each.
 * - pass: it is delivered;
 * - store: it is kept as its thread's entry, and dropped; with `andPass` it is delivered as well;
 * - append: it keeps its parameters and gets more;
 * - retype: it becomes an event with another code and these parameters.
 */
export type ConversionRule =
  | { readonly action: "pass" }
  | { readonly action: "store"; readonly andPass: boolean }
  | { readonly action: "append"; readonly parameters: readonly ParameterOrigin[] }
  | { readonly action: "retype"; readonly code: number; readonly parameters: readonly ParameterOrigin[] };

/** The rule for an event with that many parameters; null when the converter knows no such event. */
export function conversionRule(code: number, parameterCount: number): ConversionRule | null {
  return rules().get(keyOf(code, parameterCount)) ?? null;
}

/** Every rule with the code and number of parameters that it is for. */
export function conversionRules(): readonly { code: number; parameterCount: number; rule: ConversionRule }[] {
  return [...rules()].map(([key, rule]) => ({
    code: Math.floor(key / COUNT_LIMIT),
    parameterCount: key % COUNT_LIMIT,
    rule,
  }));
}

type Entry = readonly [key: number, rule: ConversionRule];

/** No event has as many parameters. */
const COUNT_LIMIT = 64;

// biome-ignore format: a table
const rules = lazy<ReadonlyMap<number, ConversionRule>>(() => new Map<number, ConversionRule>([
    store(0, 2),
    append(1, 1, [enterOrEmpty(1)]),
    append(2, 0, [EMPTY, EMPTY, EMPTY]),
    pass(2, 3),
    append(3, 4, [EMPTY]),
    append(3, 5, [EMPTY]),
    store(4, 1),
    append(5, 1, [enter(0)]),
    store(6, 2),
    append(7, 2, [enter(0), enter(1)]),
    store(8, 2),
    append(9, 2, [enter(0), enter(1)]),
    store(10, 1),
    retype(11, 1, 159, [old(0), enterOrEmpty(0), EMPTY, EMPTY, EMPTY]),
    retype(12, 0, 154, []),
    retype(13, 8, 155, [...firstOld(8), EMPTY, EMPTY, EMPTY, EMPTY, EMPTY]),
    retype(15, 11, 157, [...firstOld(8), EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, old(8), old(9), old(10)]),
    retype(16, 0, 186, [EMPTY, EMPTY, EMPTY, EMPTY, EMPTY]),
    store(18, 3),
    append(19, 1, [enter(0), enter(1), enter(2)]),
    append(19, 4, [ZERO]),
    store(20, 1),
    append(21, 2, [enter(0)]),
    append(22, 1, [ZERO]),
    storeAndPass(22, 2),
    append(23, 2, [enter(0)]),
    append(23, 3, [enter(1)]),
    store(24, 2),
    append(25, 1, [enter(0), enter(1)]),
    retype(27, 3, 247, [...firstOld(3), ZERO, ZERO]),
    store(28, 2),
    append(29, 2, [enter(0), enter(1), ZERO]),
    store(30, 3),
    append(31, 2, [enter(0), enter(1), enter(2)]),
    store(32, 2),
    append(33, 2, [enter(0), enter(1), ZERO]),
    store(34, 2),
    append(35, 3, [enter(0), enter(1)]),
    store(36, 2),
    append(37, 1, [enter(0), enter(1)]),
    store(42, 3),
    append(43, 5, [enter(0), enter(1), enter(2)]),
    store(48, 3),
    append(49, 2, [enter(0), enter(1), enter(2)]),
    append(51, 0, [ZERO, EMPTY, EMPTY, EMPTY, EMPTY]),
    store(52, 1),
    append(53, 4, [ZERO]),
    append(53, 5, [enter(0)]),
    append(55, 0, [ZERO, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY]),
    store(56, 1),
    retype(57, 3, 389, [...firstOld(3), ZERO, ZERO, enter(0)]),
    append(58, 0, [EMPTY, EMPTY]),
    pass(58, 2),
    append(59, 3, [EMPTY]),
    append(59, 4, [EMPTY]),
    append(59, 5, [EMPTY]),
    store(62, 2),
    append(63, 1, [enter(0), enter(1)]),
    store(64, 3),
    append(65, 1, [enter(0), enter(1), enter(2)]),
    store(70, 1),
    append(71, 1, [enter(0)]),
    store(78, 1),
    append(79, 1, [enter(0)]),
    store(80, 2),
    append(81, 2, [enter(1)]),
    retype(85, 1, 83, [old(0)]),
    store(86, 3),
    append(87, 1, [enter(0), enter(1), enter(2)]),
    store(88, 3),
    append(89, 1, [enter(0), enter(1), enter(2)]),
    store(90, 2),
    retype(91, 1, 171, [old(0), enterOrEmpty(0), enterOrEmpty(1), EMPTY]),
    store(96, 1),
    append(97, 1, [enterOrEmpty(0)]),
    store(98, 2),
    retype(99, 1, 277, [old(0), enterOrEmpty(0), enterOrEmpty(1)]),
    store(100, 1),
    retype(101, 1, 279, [old(0), enterOrEmpty(0)]),
    store(102, 4),
    retype(103, 1, 307, [old(0), enterOrEmpty(0), enterOrEmpty(1), enterOrEmpty(2), enterOrEmpty(3), EMPTY, EMPTY]),
    store(104, 2),
    retype(105, 1, 309, [old(0), enterOrEmpty(0), enterOrEmpty(1)]),
    store(106, 4),
    retype(107, 1, 311, [old(0), enterOrEmpty(0), enterOrEmpty(1), enterOrEmpty(2), enterOrEmpty(3), EMPTY]),
    store(108, 1),
    retype(109, 1, 301, [old(0), enterOrEmpty(0)]),
    store(110, 2),
    retype(111, 1, 303, [old(0), enterOrEmpty(0), enterOrEmpty(1), EMPTY]),
    store(112, 3),
    append(113, 2, [enter(0), enter(1), enter(2)]),
    store(114, 3),
    append(115, 2, [enter(0), enter(1), enter(2)]),
    store(116, 1),
    append(117, 3, [enter(0)]),
    store(118, 2),
    append(119, 2, [enter(0), enter(1)]),
    store(120, 2),
    append(121, 3, [enter(0), enter(1)]),
    store(122, 3),
    append(123, 2, [enter(0), enter(1), enter(2)]),
    store(124, 1),
    retype(125, 1, 367, [old(0), enterOrEmpty(0)]),
    store(126, 3),
    append(127, 1, [enter(0), enter(1), enter(2)]),
    store(128, 2),
    append(129, 1, [enter(0), enter(1)]),
    store(130, 2),
    append(131, 1, [enter(0), enter(1)]),
    store(132, 3),
    append(133, 1, [enter(0), enter(1), enter(2)]),
    store(134, 1),
    append(135, 1, [enter(0)]),
    store(136, 2),
    append(137, 1, [enter(0), enter(1)]),
    store(138, 1),
    append(139, 1, [enter(0)]),
    store(140, 1),
    append(141, 3, [enter(0)]),
    store(142, 1),
    append(143, 3, [enter(0)]),
    store(144, 2),
    append(145, 5, [enterOrEmpty(0), enterOrEmpty(1)]),
    retype(146, 1, 152, [old(0), EMPTY, EMPTY, EMPTY, EMPTY, EMPTY]),
    store(150, 2),
    append(151, 1, [enter(0), enter(1)]),
    append(151, 3, [ZERO]),
    retype(154, 0, 172, []),
    retype(155, 13, 173, [...firstOld(13), EMPTY]),
    retype(157, 16, 217, [...firstOld(13), EMPTY, old(13), old(14), old(15)]),
    store(158, 1),
    append(159, 4, [enterOrEmpty(0)]),
    store(160, 6),
    append(161, 4, [enter(0), enter(1), enter(2), enter(3), enter(4), enter(5)]),
    store(162, 6),
    append(163, 4, [enter(0), enter(1), enter(2), enter(3), enter(4), enter(5)]),
    store(164, 2),
    append(165, 4, [enter(0), enter(1)]),
    store(166, 4),
    append(167, 1, [enter(0), enter(1), enter(2), enter(3)]),
    store(168, 2),
    append(169, 0, [EMPTY, EMPTY, EMPTY]),
    append(169, 3, [enterOrEmpty(0), enterOrEmpty(1)]),
    store(170, 3),
    append(171, 1, [enter(0), enter(1), enter(2)]),
    retype(172, 0, 214, []),
    retype(173, 14, 215, [...firstOld(13), EMPTY, old(13)]),
    retype(183, 16, 219, [...firstOld(13), EMPTY, old(13), old(14), old(15)]),
    retype(185, 16, 221, [...firstOld(13), EMPTY, old(13), old(14), old(15)]),
    store(188, 4),
    append(189, 2, [enter(0), enter(1), enter(3)]),
    store(190, 4),
    append(191, 14, [enter(0), enter(1), enter(2), enter(3)]),
    store(192, 3),
    append(193, 1, [enterOrEmpty(0), enterOrEmpty(1), enterOrEmpty(2)]),
    store(194, 3),
    append(195, 1, [enterOrEmpty(0), enterOrEmpty(1), enterOrEmpty(2)]),
    store(198, 1),
    append(199, 1, [enterOrEmpty(0)]),
    store(200, 1),
    append(201, 1, [enterOrEmpty(0)]),
    retype(214, 0, 230, []),
    retype(215, 15, 231, [...firstOld(14), EMPTY, old(14)]),
    retype(217, 17, 223, [...firstOld(14), EMPTY, old(14), old(15), old(16), EMPTY, EMPTY]),
    retype(219, 17, 225, [...firstOld(14), EMPTY, old(14), old(15), old(16), EMPTY, EMPTY]),
    retype(221, 17, 227, [...firstOld(14), EMPTY, old(14), old(15), old(16), EMPTY, EMPTY]),
    append(223, 20, [EMPTY]),
    append(225, 20, [EMPTY]),
    append(227, 20, [EMPTY]),
    retype(228, 4, 272, [CONTAINER_JSON]),
    retype(230, 0, 282, []),
    retype(231, 16, 283, [...firstOld(16), EMPTY]),
    store(236, 1),
    append(237, 1, [enter(0)]),
    store(238, 1),
    append(239, 1, [enter(0)]),
    store(240, 2),
    append(241, 1, [enterOrEmpty(0), enterOrEmpty(1)]),
    store(242, 2),
    append(243, 1, [enter(0), enter(1)]),
    store(248, 1),
    retype(249, 5, 389, [...firstOld(5), enter(0)]),
    store(250, 1),
    append(251, 8, [enter(0)]),
    store(252, 4),
    append(253, 1, [enter(0), enter(1), enter(2), enter(3)]),
    store(254, 3),
    append(255, 2, [enter(1), enter(2)]),
    store(256, 1),
    append(257, 4, [enter(0)]),
    retype(259, 2, 387, [...firstOld(2)]),
    store(262, 3),
    append(263, 1, [enter(0), enter(1), enter(2)]),
    store(264, 1),
    append(265, 2, [enter(0)]),
    retype(272, 1, 324, [old(0)]),
    store(276, 1),
    append(277, 2, [enterOrEmpty(0)]),
    retype(282, 0, 288, [EMPTY]),
    retype(283, 17, 289, [...firstOld(17)]),
    store(284, 1),
    append(285, 1, [enter(0)]),
    retype(288, 1, 292, [old(0)]),
    retype(289, 17, 293, [...firstOld(17), EMPTY]),
    storeAndPass(292, 1),
    append(293, 18, [EMPTY]),
    append(293, 19, [EMPTY]),
    append(293, 20, [EMPTY, EMPTY, EMPTY]),
    append(293, 23, [EMPTY, EMPTY, EMPTY]),
    append(293, 26, [EMPTY]),
    append(293, 27, [EMPTY]),
    append(293, 28, [EMPTY]),
    append(293, 29, [EMPTY]),
    append(293, 30, [enterOrEmpty(0)]),
    store(294, 2),
    append(295, 1, [enterOrEmpty(0), enterOrEmpty(1)]),
    store(296, 1),
    retype(297, 1, 369, [old(0), enterOrEmpty(0)]),
    append(298, 1, [ZERO]),
    store(298, 2),
    append(299, 1, [enter(0), enter(1)]),
    append(306, 0, [EMPTY, EMPTY, EMPTY, EMPTY]),
    pass(306, 4),
    append(307, 5, [EMPTY]),
    append(307, 6, [EMPTY]),
    append(326, 0, [EMPTY, EMPTY, EMPTY, EMPTY, EMPTY]),
    pass(326, 5),
    append(327, 6, [EMPTY, EMPTY]),
    store(328, 3),
    append(329, 1, [enter(0), enter(1), enter(2)]),
    pass(330, 3),
    append(331, 19, [EMPTY]),
    append(331, 20, [EMPTY, EMPTY, EMPTY]),
    append(331, 23, [EMPTY, EMPTY, EMPTY]),
    append(331, 26, [EMPTY]),
    append(331, 27, [EMPTY]),
    append(331, 28, [EMPTY]),
    append(331, 29, [EMPTY]),
    store(332, 3),
    append(333, 3, [enter(0), enter(1), enter(2)]),
    append(335, 20, [EMPTY]),
    store(374, 1),
    append(375, 1, [enter(0)]),
    store(376, 1),
    append(377, 1, [enter(0)]),
    store(388, 1),
    append(389, 5, [enter(0)]),
    store(390, 1),
    append(391, 2, [enter(0)]),
    store(396, 1),
    append(397, 2, [enter(0)]),
    store(398, 2),
    append(399, 2, [enter(0), enter(1)]),
]));

const EMPTY: ParameterOrigin = { kind: "empty" };
const ZERO: ParameterOrigin = { kind: "default" };
const CONTAINER_JSON: ParameterOrigin = { kind: "container-json" };

function old(index: number): ParameterOrigin {
  return { kind: "old", index };
}

function firstOld(count: number): ParameterOrigin[] {
  return Array.from({ length: count }, (_, index) => old(index));
}

function enter(index: number): ParameterOrigin {
  return { kind: "enter", index, ifMissing: "default" };
}

function enterOrEmpty(index: number): ParameterOrigin {
  return { kind: "enter", index, ifMissing: "empty" };
}

function pass(code: number, count: number): Entry {
  return [keyOf(code, count), { action: "pass" }];
}

function store(code: number, count: number): Entry {
  return [keyOf(code, count), { action: "store", andPass: false }];
}

function storeAndPass(code: number, count: number): Entry {
  return [keyOf(code, count), { action: "store", andPass: true }];
}

function append(code: number, count: number, parameters: readonly ParameterOrigin[]): Entry {
  return [keyOf(code, count), { action: "append", parameters }];
}

function retype(code: number, count: number, to: number, parameters: readonly ParameterOrigin[]): Entry {
  return [keyOf(code, count), { action: "retype", code: to, parameters }];
}

function keyOf(code: number, parameterCount: number): number {
  return code * COUNT_LIMIT + parameterCount;
}

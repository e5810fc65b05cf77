// Lays arrows so that they run through nothing: of all plain ways between two parts, the one that costs a reader least. The library's
// own layout looks at the two ends alone.
import { is, isAny } from "bpmn-js/lib/util/ModelUtil";
import { getMid } from "diagram-js/lib/layout/LayoutUtil";

const AWAY = 20; // pixels between an arrow and what it passes
const NEAR = 9; // closer than this is as good as through it
const LEAST = 15; // pixels; a shorter end is no arrow to the eye
const SOLID = ["bpmn:FlowNode", "bpmn:TextAnnotation"];
// What it costs a reader, against a pixel more to follow.
const COST = {
  through: 20_000,
  outside: 10_000, // of the pool
  shared: 6000, // a line with an arrow of others
  label: 2400,
  stub: 2000,
  crossing: 1200,
  back: 600, // to the left
  joined: 500, // a line with an arrow from or to the same part
  bend: 240,
  edge: 200, // out of a task, or into a part, at its top or bottom
};
const SIDES = {
  right: ({ x, y, width, height }) => ({ x: x + width, y: y + height / 2, across: true, way: 1 }),
  left: ({ x, y, height }) => ({ x, y: y + height / 2, across: true, way: -1 }),
  bottom: ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height, across: false, way: 1 }),
  top: ({ x, y, width }) => ({ x: x + width / 2, y, across: false, way: -1 }),
};

class Routing {
  constructor(elementRegistry, modeling) {
    Object.assign(this, { elementRegistry, modeling });
  }

  // The arrows at these shapes, and those of others that run through one of them now.
  around(shapes) {
    const own = new Set(shapes.flatMap((one) => [...one.incoming, ...one.outgoing]));
    const hit = (flow) => shapes.some((one) => flow.source !== one && flow.target !== one && passes(flow.waypoints, box(one, 0)));
    const flows = this.elementRegistry.filter((one) => is(one, "bpmn:SequenceFlow") && one.waypoints && (own.has(one) || hit(one)));
    for (const flow of flows) this.lay(flow);
  }

  lay(flow) {
    const around = this._around(flow);
    const [best] = ways(flow, around).map((points) => [points, cost(points, flow, around)]).sort(([, one], [, other]) => one - other);
    if (!best) return;
    this.modeling.updateWaypoints(flow, best[0]);
    this._label(flow);
  }

  _around(flow) {
    const all = this.elementRegistry.filter((one) => one.parent && !one.hidden);
    const pool = all.find((one) => is(one, "bpmn:Participant"));
    return {
      solid: all.filter((one) => !one.waypoints && one.type !== "label" && isAny(one, SOLID)),
      labels: all.filter((one) => one.type === "label" && one.labelTarget !== flow),
      flows: all.filter((one) => one.waypoints && one !== flow && is(one, "bpmn:SequenceFlow")),
      pool: pool && { left: pool.x + 30, right: pool.x + pool.width, top: pool.y, bottom: pool.y + pool.height },
    };
  }

  // Above the first level part of its arrow, as all drawings of ours have it; elsewhere along it where something lies there.
  _label(flow) {
    const { label, waypoints } = flow;
    if (!label?.parent) return;
    const { solid, labels, flows } = this._around(flow);
    const spots = places(waypoints, label);
    const lies = (area) => [...solid, ...labels].some((one) => meets(area, box(one, 0)));
    const free = (area) => !lies(area) && ![flow, ...flows].some((one) => passes(one.waypoints, area));
    const spot = spots.find((one) => free(box({ ...one, width: label.width, height: label.height }, 0))) ?? spots[0];
    this.modeling.moveShape(label, { x: Math.round(spot.x - label.x), y: Math.round(spot.y - label.y) });
  }
}
Routing.$inject = ["elementRegistry", "modeling"];

// Where the words of an arrow may stand: above and below its level parts, right and left of its upright ones.
function places(points, { width, height }) {
  const [level, upright] = [[], []];
  for (const [place, end] of points.slice(1).entries()) {
    const start = points[place];
    const x = end.x < start.x ? start.x - 5 - width : start.x + 5;
    const y = end.y < start.y ? start.y - 5 - height : start.y + 5;
    const further = [0.25, 0.5, 0.75].map((part) => start.y + (end.y - start.y) * part - height / 2);
    if (start.y === end.y) level.push({ x, y: start.y - 2 - height }, { x, y: start.y + 2 });
    else for (const at of [y, ...further]) upright.push({ x: start.x + 5, y: at }, { x: start.x - 5 - width, y: at });
  }
  return [...level, ...upright];
}

export function box({ x, y, width, height }, margin) {
  return { left: x - margin, right: x + width + margin, top: y - margin, bottom: y + height + margin };
}

export const meets = (one, other) => one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;

export const passes = (points, area) => legs(points).some((leg) => meets(leg, area));

function legs(points) {
  return points.slice(1).map((end, place) => {
    const start = points[place];
    const [left, right] = [Math.min(start.x, end.x), Math.max(start.x, end.x)];
    return { left, right, top: Math.min(start.y, end.y), bottom: Math.max(start.y, end.y), across: start.y === end.y };
  });
}

// All ways of at most four corners from a side of the one to a side of the other, along the free lanes beside what is drawn.
function ways({ source, target }, { solid, labels }) {
  const beside = (low, high) => [...new Set([...solid, ...labels].flatMap((one) => [box(one, AWAY)[low], box(one, AWAY)[high]]))];
  const [xs, ys] = [beside("left", "right"), beside("top", "bottom")];
  const found = [];
  for (const from of sidesOf(source)) {
    for (const to of sidesOf(target)) {
      const [near, far] = [from, to].map((side) => (side.across ? side.x : side.y) + side.way * AWAY);
      const middle = (from.across ? from.x + to.x : from.y + to.y) / 2;
      const [along, over] = from.across ? [xs, ys] : [ys, xs];
      const level = [[], ...[...along, near, far, middle].map((one) => [one]), ...over.map((one) => [near, one, far])];
      const angled = [[], ...over.map((one) => [near, one]), ...along.map((one) => [one, far])];
      const turns = from.across === to.across ? level : angled;
      found.push(...turns.map((turn) => corners(from, to, turn)).filter((points) => points && leaves(points, from, to)));
    }
  }
  return found;
}

// A day or a message on a rim leaves outwards; a gateway and a task from any side.
function sidesOf(shape) {
  const all = Object.values(SIDES).map((side) => side(shape));
  if (!shape.host) return all;
  const [{ x }, host] = [getMid(shape), box(shape.host, 0)];
  const level = x <= host.left || x >= host.right;
  return all.filter((side) => side.across === level && (side.x < host.left || side.x > host.right || side.y < host.top || side.y > host.bottom));
}

// From side to side over these turns, each the height or the place of the next leg; undefined where that gives no right angles.
function corners(from, to, turns) {
  const points = [{ x: from.x, y: from.y }];
  let { across } = from;
  for (const turn of turns) {
    const { x, y } = points.at(-1);
    points.push(across ? { x: turn, y } : { x, y: turn });
    across = !across;
  }
  const last = points.at(-1);
  if (across === to.across) {
    if (across ? last.y !== to.y : last.x !== to.x) return undefined;
  } else points.push(across ? { x: to.x, y: last.y } : { x: last.x, y: to.y });
  return [...points, { x: to.x, y: to.y }].map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }));
}

// It leaves and arrives on the outside of both.
function leaves(points, from, to) {
  const outward = (side, { x, y }) => {
    const [off, out] = side.across ? [y - side.y, x - side.x] : [x - side.x, y - side.y];
    return out * side.way > 1 && Math.abs(off) < 1;
  };
  return outward(from, points[1]) && outward(to, points.at(-2));
}

function cost(points, { source, target }, { solid, labels, flows, pool }) {
  const [first, last] = [legs(points)[0], legs(points).at(-1)];
  let sum = COST.bend * (points.length - 2);
  for (const { left, right, top, bottom } of legs(points)) {
    sum += right - left + bottom - top;
    if (right - left + bottom - top < LEAST) sum += COST.stub;
    if (pool && (left < pool.left || right > pool.right || top < pool.top || bottom > pool.bottom)) sum += COST.outside;
  }
  for (const one of solid) if (passes(points, box(one, one === source || one === target ? -1 : NEAR))) sum += COST.through;
  for (const one of labels) if (passes(points, box(one, 0))) sum += COST.label;
  for (const flow of flows) sum += beside(points, flow, flow.source === source || flow.target === target);
  // From left to right, and out of a task at its right.
  if (first.across && points[1].x < points[0].x) sum += COST.back;
  if (last.across && points.at(-2).x > points.at(-1).x) sum += COST.back;
  if (!first.across && !is(source, "bpmn:Gateway") && !source.host) sum += COST.edge;
  if (!last.across) sum += COST.edge;
  return sum;
}

// What it costs that another arrow runs along it, or across it.
function beside(points, { waypoints }, ends) {
  let sum = 0;
  for (const own of legs(points)) {
    for (const other of legs(waypoints)) {
      if (own.across === other.across) {
        const [line, low, high] = own.across ? ["top", "left", "right"] : ["left", "top", "bottom"];
        const together = Math.min(own[high], other[high]) - Math.max(own[low], other[low]);
        if (Math.abs(own[line] - other[line]) < NEAR && together > 1) sum += ends ? COST.joined : COST.shared;
      } else if (meets(wide(own), wide(other))) sum += ends ? 0 : COST.crossing;
    }
  }
  return sum;
}

const wide = ({ left, right, top, bottom }) => ({ left: left - 0.5, right: right + 0.5, top: top - 0.5, bottom: bottom + 0.5 });

export default { __init__: ["routing"], routing: ["type", Routing] };

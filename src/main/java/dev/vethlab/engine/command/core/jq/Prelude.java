package dev.vethlab.engine.command.core.jq;

/** The functions that jq's manual defines in terms of others. */
final class Prelude {
    static final String TEXT = """
            def tojson: @json;
            def error(f): f as $e | $e | error;
            def select(f): if f then . else empty end;
            def map(f): [.[] | f];
            def recurse(f): def r: ., (f | r); r;
            def recurse(f; c): def r: ., (f | select(c) | r); r;
            def recurse: recurse(.[]?);
            def values: select(. != null);
            def nulls: select(. == null);
            def booleans: select(type == "boolean");
            def numbers: select(type == "number");
            def strings: select(type == "string");
            def arrays: select(type == "array");
            def objects: select(type == "object");
            def iterables: select(type | . == "array" or . == "object");
            def scalars: select(type | . != "array" and . != "object");
            def map_values(f): .[] |= f;
            def to_entries: [keys_unsorted[] as $k | {key: $k, value: .[$k]}];
            def _key: if type == "string" then . elif type == "null" then "null" else tojson end;
            def from_entries: reduce .[] as $e ({};
                . + {($e | (if has("key") then .key elif has("k") then .k elif has("name") then .name elif has("Name") then .Name
                      elif has("Key") then .Key else .K end) | _key):
                     ($e | if has("value") then .value elif has("v") then .v elif has("Value") then .Value else .V end)});
            def with_entries(f): to_entries | map(f) | from_entries;
            def add(f): reduce f as $x (null; . + $x);
            def add: add(.[]);
            def range($x): range(0; $x);
            def range($a; $b; $by): $a | if $by > 0 then while(. < $b; . + $by) elif $by < 0 then while(. > $b; . + $by) else empty end;
            def paths: path(..) | select(length > 0);
            def paths(f): path(.. | select(f)) | select(length > 0);
            def del(f): delpaths([path(f)]);
            def pick(f): . as $top | reduce path(f) as $p (null; setpath($p; $top | getpath($p)));
            def isempty(g): label $go | (g | false, break $go), true;
            def all(g; c): isempty(first(g | c | select(. | not)));
            def any(g; c): isempty(first(g | c | select(.))) | not;
            def all(c): all(.[]; c);
            def any(c): any(.[]; c);
            def all: all(.[]; .);
            def any: any(.[]; .);
            def in(xs): . as $x | xs | has($x);
            def inside(xs): . as $x | xs | contains($x);
            def isvalid(f): try (f | true) catch false;
            def first: .[0];
            def last: .[-1];
            def last(f): reduce f as $x (null; $x);
            def nth($n): .[$n];
            def nth($n; f): if $n < 0 then error("nth doesn't support negative indices") else first(skip($n; f)) end;
            def min: _sort_by(map([.])) | .[0];
            def max: _sort_by(map([.])) | .[-1];
            def sort: _sort_by(map([.]));
            def sort_by(f): _sort_by(map([f]));
            def group_by(f): _group_by(map([f]));
            def unique_by(f): [_group_by(map([f]))[] | .[0]];
            def min_by(f): _sort_by(map([f])) | .[0];
            def max_by(f): _sort_by(map([f])) | .[-1];
            def unique: unique_by(.);
            def join($s): if length == 0 then ""
                else reduce .[] as $x (null; (if . == null then "" else . + $s end)
                    + ($x | if . == null then "" elif type == "boolean" or type == "number" then tojson else . end)) end;
            def flatten: flatten(1000000000);
            def walk(f): def w: if type == "object" then map_values(w) elif type == "array" then map(w) else . end | f; w;
            def env: $ENV;
            def todate: strftime("%Y-%m-%dT%H:%M:%SZ");
            def fromdateiso8601: strptime("%Y-%m-%dT%H:%M:%SZ") | mktime;
            def todateiso8601: todate;
            def fromdate: fromdateiso8601;
            def dateadd($u; $n): . + $n;
            def match($re): match($re; null);
            def test($re): test($re; null);
            def capture($re; $f): match($re; $f) | [.captures | .[] | select(.name != null) | {key: .name, value: .string}] | from_entries;
            def capture($re): capture($re; null);
            def scan($re; $f): match($re; "g" + $f) | if (.captures | length) > 0 then [.captures | .[] | .string] else .string end;
            def scan($re): scan($re; null);
            def split($re; $f): . as $in | [foreach (match($re; "g" + $f), null) as $m ({at: 0};
                if $m == null then {out: $in[.at:]} else {out: $in[.at:$m.offset], at: ($m.offset + $m.length)} end; .out)];
            def splits($re; $f): split($re; $f) | .[];
            def splits($re): splits($re; null);
            def _object: [.captures | .[] | select(.name != null) | {key: .name, value: .string}] | from_entries;
            def sub($re; s; $f): . as $in | (reduce (match($re; $f)) as $m ({at: 0, out: ""};
                .out += $in[.at:$m.offset] + ($m | _object | s) | .at = $m.offset + $m.length)) | .out + $in[.at:];
            def sub($re; s): sub($re; s; "");
            def gsub($re; s; $f): sub($re; s; $f + "g");
            def gsub($re; s): sub($re; s; "g");
            def ascii: [.] | implode;
            def tostream: path(def r: (.[]? | r), .; r) as $p | getpath($p)
                | reduce path(.[]?) as $q ([$p, .]; [$p + $q]);
            def transpose: if . == [] then [] else . as $in
                | [range(map(length) | max) as $j | [range($in | length) as $i | $in[$i][$j]]] end;
            def combinations: if length == 0 then [] else .[0][] as $x | (.[1:] | combinations) as $w | [$x] + $w end;
            def combinations(n): . as $dot | [range(n)] | map($dot) | combinations;
            def index($i): indices($i) | .[0];
            def rindex($i): indices($i) | .[-1:][0];
            def IN(s): any(s == .; .);
            def IN(src; s): any(src == s; .);
            def INDEX(stream; f): reduce stream as $row ({}; .[$row | f | tostring] |= $row);
            def INDEX(f): INDEX(.[]; f);
            def halt_error: halt_error(5);
            def finites: select(isinfinite or isnan | not);
            def normals: select(isnormal);
            def abs: if type == "number" and . < 0 then -. else . end;
            .
            """;

    private Prelude() {}
}

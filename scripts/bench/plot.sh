# SPDX-License-Identifier: Apache-2.0
#
# plot.sh: docs/benchmarks.svg, drawn with gnuplot from the table of bench.sh, which sources this file: a group of bars
# for each work, from 1, the reference of the group, to the ratio.
# shellcheck shell=bash disable=SC2154 # bench.sh sets folder and root

# BARS gets a line for each program: its row from above, the ratio, a colour, the name, and the ratio as text; GROUPS
# gets one for each work: its row and its title.
plot_data() { # TABLE BARS GROUPS
    awk -F ' *[|] *' -v bars="$2" -v groups="$3" '
        $5 + 0 > 0 {
            row++
            if ($2 != work) { work = $2; row += 1.4; printf "%g\t{/:Bold %s}\n", row - 1, work >groups }
            colour = ($3 ~ /^iscc|^updates/) ? "0xd9480f" : "0x8797a8"
            printf "%g\t%s\t%s\t%s\t%s\n", row, $5 + 0, colour, $3, $5 ~ /reference/ ? $5 : sprintf("%.2f", $5) >bars
        }' "$1"
}

plot() { # TABLE
    local bars=$folder/bars.tsv groups=$folder/groups.tsv rows
    command -v gnuplot >/dev/null || { say 'gnuplot is missing: no plot' && return 0; }
    plot_data "$1" "$bars" "$groups"
    rows=$(tail -n 1 "$bars" | cut -f 1 | cut -d . -f 1)
    gnuplot <<END
set terminal svg size 900,$((100 + 18 * rows)) font "sans,12" background "white"
set output "$root/docs/benchmarks.svg"
set title "Time relative to the reference of each group (logarithmic axis, faster to the left, iscc in orange)"
set datafile separator tab
set logscale x
set xrange [0.1:40]
set yrange [$((rows + 2)):0]
set border lc rgb "#888888"
set xtics (0.1, 0.2, 0.5, 1, 2, 5, 10, 20) nomirror textcolor rgb "black"
set x2range [0.1:40]
set logscale x2
set x2tics (0.1, 0.2, 0.5, 1, 2, 5, 10, 20) textcolor rgb "black"
set ytics nomirror scale 0 noenhanced textcolor rgb "black"
set grid xtics lc rgb "#dddddd"
set style fill solid noborder
set lmargin 20
set tmargin 5
set arrow from 1, graph 0 to 1, graph 1 nohead lc rgb "#444444"
unset key
plot "$bars" using 2:1:(\$2 < 1 ? \$2 : 1):(\$2 < 1 ? 1 : \$2):(\$1 - 0.38):(\$1 + 0.38):3:ytic(4) with boxxyerror lc rgb variable, \
    "" using (\$2 < 1 ? NaN : \$2):1:5 with labels left offset 0.5, 0, \
    "" using (\$2 < 1 ? \$2 : NaN):1:5 with labels right offset -0.5, 0, \
    "$groups" using (0.105):1:2 with labels left
END
}

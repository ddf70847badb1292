# Draws metrics-1-skip-none.svg; metrics-1-skip-none.pdf, metrics-1-skip-none.png: gnuplot -e "format = 'pdf'" metrics-1-skip-none.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 2160,488 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 7.000in,1.581in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 1080,244 font 'sans-serif,12' background '#ffffff'
}
set output 'metrics-1-skip-none.'.format
set encoding utf8
set border 3 linecolor rgb '#444444'
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid ytics linetype 1 linecolor rgb '#e4e4e4' linewidth 0.5
set format '%g'
unset key
set style line 1 linecolor rgb '#000000' linewidth 2 dashtype solid pointtype 7 pointsize 0.9
set style line 2 linecolor rgb '#D55E00' linewidth 1.6 dashtype (14,5) pointtype 5 pointsize 0.9
set style line 3 linecolor rgb '#0072B2' linewidth 1.6 dashtype solid pointtype 9 pointsize 0.9
set style line 4 linecolor rgb '#009E73' linewidth 1.6 dashtype (14,4,3,4) pointtype 11 pointsize 0.9
set style line 5 linecolor rgb '#CC79A7' linewidth 1.6 dashtype (5,4) pointtype 13 pointsize 0.9
set style line 6 linecolor rgb '#E69F00' linewidth 1.6 dashtype solid pointtype 6 pointsize 0.9
set style line 7 linecolor rgb '#56B4E9' linewidth 1.6 dashtype (20,4) pointtype 4 pointsize 0.9
set style line 8 linecolor rgb '#777777' linewidth 1.6 dashtype (2,4) pointtype 8 pointsize 0.9
$panel1_line1 << EOD
1 0.6637163907289505 0.6616517305374146 0.6660051345825195
2 0.7125320136547089 0.7052496671676636 0.7174776196479797
3 0.7317061424255371 0.7291933298110962 0.7341229319572449
4 0.7399968057870865 0.7385403513908386 0.7419334053993225
EOD
set xrange [1:4]
set xtics 1
set multiplot
set arrow from screen 0.30370,0.81148 to screen 0.33704,0.81148 nohead linestyle 2
set label 3 'test' at screen 0.34444,0.81148
set lmargin at screen 0.05370
set rmargin at screen 0.23333
set tmargin at screen 0.85246
set bmargin at screen 0.21311
set yrange [0.66:0.76]
set ytics 0.02
set format y '%.2f'
set label 1 'Accuracy' at screen 0.14352,0.91803 center
set label 2 'epoch' at screen 0.14352,0.05738 center
plot \
  $panel1_line1 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel1_line1 using 1:2 with lines linestyle 2
unset multiplot
unset output

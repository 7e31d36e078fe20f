/* SPDX-License-Identifier: Apache-2.0 */
/* A line on standard error that is shown while the program works and vanishes before anything else is printed. */
#ifndef TERMINAL_LINE_H
#define TERMINAL_LINE_H

/* Shows a line in place of the one shown before, cut to the width of the terminal. */
void terminal_line_show(const char *text);

/* From now on nothing is shown: the user types on the terminal. */
void terminal_line_disable(void);

/* Whoever writes to the terminal does it between these two: the line is gone, and stays away until the second call. Any
 * thread may call them; not nested. Cheap where no line was ever shown. */
void terminal_line_hold(void);
void terminal_line_release(void);

#endif

/* Colours that a program prints for a terminal. */

export { AnsiUp } from "ansi_up";

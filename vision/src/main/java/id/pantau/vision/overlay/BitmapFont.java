package id.pantau.vision.overlay;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Letters of five by seven dots: digits, capitals and what stands between them. Small letters are
/// drawn as capitals; anything else is a frame.
final class BitmapFont {
    static final int WIDTH = 5;
    static final int HEIGHT = 7;

    /// From one letter to the next.
    static final int ADVANCE = WIDTH + 1;

    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+-._#:/ ";
    private static final int LETTERS_A_ROW = 8;

    /// In the order of [#LETTERS].
    private static final String DOTS =
            """
            .###. ..#.. .###. .###. ...#. ##### .###. #####
            #...# .##.. #...# #...# ..##. #.... #.... ....#
            #..## ..#.. ....# ....# .#.#. ####. #.... ...#.
            #.#.# ..#.. ...#. ..##. #..#. ....# ####. ..#..
            ##..# ..#.. ..#.. ....# ##### ....# #...# ..#..
            #...# ..#.. .#... #...# ...#. #...# #...# ..#..
            .###. .###. ##### .###. ...#. .###. .###. ..#..

            .###. .###. .###. ####. .#### ####. ##### #####
            #...# #...# #...# #...# #.... #...# #.... #....
            #...# #...# #...# #...# #.... #...# #.... #....
            .###. .#### ##### ####. #.... #...# ####. ####.
            #...# ....# #...# #...# #.... #...# #.... #....
            #...# ....# #...# #...# #.... #...# #.... #....
            .###. .###. #...# ####. .#### ####. ##### #....

            .#### #...# .###. ....# #...# #.... #...# #...#
            #.... #...# ..#.. ....# #..#. #.... ##.## ##..#
            #.... #...# ..#.. ....# #.#.. #.... #.#.# #.#.#
            #..## ##### ..#.. ....# ##... #.... #.#.# #..##
            #...# #...# ..#.. #...# #.#.. #.... #...# #...#
            #...# #...# ..#.. #...# #..#. #.... #...# #...#
            .#### #...# .###. .###. #...# ##### #...# #...#

            .###. ####. .###. ####. .#### ##### #...# #...#
            #...# #...# #...# #...# #.... ..#.. #...# #...#
            #...# #...# #...# #...# #.... ..#.. #...# #...#
            #...# ####. #...# ####. .###. ..#.. #...# #...#
            #...# #.... #.#.# #.#.. ....# ..#.. #...# #...#
            #...# #.... #..#. #..#. ....# ..#.. #...# .#.#.
            .###. #.... .##.# #...# ####. ..#.. .###. ..#..

            #...# #...# #...# ##### ..... ..... ..... .....
            #...# #...# #...# ....# ..#.. ..... ..... .....
            #...# .#.#. .#.#. ...#. ..#.. ..... ..... .....
            #.#.# ..#.. ..#.. ..#.. ##### ##### ..... .....
            #.#.# .#.#. ..#.. .#... ..#.. ..... ..... .....
            ##.## #...# ..#.. #.... ..#.. ..... .##.. .....
            #...# #...# ..#.. ##### ..... ..... .##.. #####

            .#.#. ..... ....# .....
            .#.#. .##.. ....# .....
            ##### .##.. ...#. .....
            .#.#. ..... ..#.. .....
            ##### .##.. .#... .....
            .#.#. .##.. #.... .....
            .#.#. ..... #.... .....
            """;

    private static final boolean[][] FRAME = frame();

    private final Map<Character, boolean[][]> letters = new HashMap<>();

    BitmapFont() {
        String[] rows = DOTS.lines().filter(row -> !row.isEmpty()).toArray(String[]::new);
        for (int i = 0; i < LETTERS.length(); i++) {
            int top = i / LETTERS_A_ROW * HEIGHT;
            int left = i % LETTERS_A_ROW * ADVANCE;
            var dots = new boolean[HEIGHT][WIDTH];
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    int column = left + x; // of a row that ends with its last dot
                    String row = rows[top + y];
                    dots[y][x] = column < row.length() && row.charAt(column) == '#';
                }
            }
            letters.put(LETTERS.charAt(i), dots);
        }
    }

    /// Whether there is a dot in a letter, `x` from the left and `y` from the top.
    boolean isSet(char letter, int x, int y) {
        char capital = String.valueOf(letter).toUpperCase(Locale.ROOT).charAt(0);
        return letters.getOrDefault(capital, FRAME)[y][x];
    }

    private static boolean[][] frame() {
        var dots = new boolean[HEIGHT][WIDTH];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                dots[y][x] = x == 0 || y == 0 || x == WIDTH - 1 || y == HEIGHT - 1;
            }
        }
        return dots;
    }
}

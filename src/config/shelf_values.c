/* Times, days and paths as they stand in the shelf's file. */
#include "shelf.h"

#include "lacrima/base/text.h"
#include "listed.h"
#include "paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PART_MOST       60 /* of seconds and minutes that stand behind another part */
#define PARTS_MAX       3
#define LOCALHOST       "localhost"
#define ADDRESS         "file://"
#define NOT_A_CHARACTER 0xFFFDu

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What follows the point, to the millisecond; finer is dropped. */
static bool read_fraction(const char *text, time_ns *ns)
{
    time_ns unit = NS_PER_S / 10;
    if (!digit(*text))
        return false;
    for (; digit(*text); text++) {
        if (unit >= NS_PER_MS)
            *ns += unit * (*text - '0');
        unit /= 10;
    }
    return *text == '\0';
}

bool shelf_time(const char *text, time_ns *ns)
{
    time_ns seconds = 0;
    for (int part = 0; part < PARTS_MAX; part++) {
        int64_t value = 0;
        if (!digit(*text))
            return false;
        for (; digit(*text); text++) {
            value = value * 10 + (*text - '0');
            if (value > SHELF_TIME_MAX_NS / NS_PER_S)
                return false;
        }
        if (part > 0 && value >= PART_MOST)
            return false;
        seconds = seconds * PART_MOST + value;
        if (*text != ':')
            break;
        text++;
    }
    *ns = seconds * NS_PER_S;
    if (seconds > SHELF_TIME_MAX_NS / NS_PER_S)
        return false;
    return *text == '\0' || (*text == '.' && read_fraction(text + 1, ns));
}

void shelf_time_text(char *text, size_t size, time_ns ns)
{
    int64_t milli = ns / NS_PER_MS;
    int64_t seconds = milli / 1000;
    int64_t hours = seconds / (PART_MOST * PART_MOST);
    char fraction[16] = "";
    text_from_milli(fraction, sizeof fraction, milli % 1000);
    char whole[SHELF_TIME_BYTES];
    if (hours > 0)
        (void)snprintf(whole, sizeof whole, "%d:%02d:%02d", (int)hours,
                       (int)(seconds / PART_MOST % PART_MOST), (int)(seconds % PART_MOST));
    else
        (void)snprintf(whole, sizeof whole, "%d:%02d", (int)(seconds / PART_MOST),
                       (int)(seconds % PART_MOST));
    (void)text_copy(text, size, whole);
    if (fraction[0] == '0')
        (void)text_append(text, size, fraction + 1); /* ".5", or nothing */
}

bool shelf_today(char *day, size_t size)
{
    time_t now = time(NULL);
    struct tm local;
    return localtime_r(&now, &local) != NULL && strftime(day, size, "%Y-%m-%d", &local) > 0;
}

bool shelf_path(char *path, size_t size, const char *folder, struct error *error)
{
    bool found = folder != NULL
                     ? text_copy(path, size, folder) || error_set(error, "the path is too long")
                     : config_letters_path(path, size, error);
    return found && paths_append(path, size, "/shelf.ini", error);
}

static int hex(char c)
{
    return digit(c)               ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* file:///a%20b -> /a b */
static bool read_address(char *path, size_t size, const char *address, struct error *error)
{
    size_t used = 0;
    size_t host = strlen(LOCALHOST);
    if (strncmp(address, LOCALHOST, host) == 0)
        address += host;
    if (*address != '/')
        return error_set(error, "this address is of no file on this computer");
    for (; *address != '\0'; address++) {
        int high = *address == '%' ? hex(address[1]) : 0;
        int low = *address == '%' && high >= 0 ? hex(address[2]) : 0;
        if (high < 0 || low < 0 || (*address == '%' && high + low == 0))
            return error_set(error, "this address has a %% that is not followed by a byte");
        if (used + 1 >= size)
            return error_set(error, "the path is too long");
        path[used++] = *address == '%' ? (char)(high * 16 + low) : *address;
        address += *address == '%' ? 2 : 0;
    }
    path[used] = '\0';
    return true;
}

bool shelf_path_from(char *path, size_t size, const char *file, const char *value,
                     struct error *error)
{
    size_t begin = strlen(ADDRESS);
    if (strncmp(value, ADDRESS, begin) == 0)
        return read_address(path, size, value + begin, error);
    return listed_path(path, size, file, value, error);
}

bool shelf_plain(const char *value)
{
    size_t length = strlen(value);
    if (length == 0 || value[0] == ' ' || value[0] == '"' || value[length - 1] == ' ')
        return false;
    if (strncmp(value, ADDRESS, strlen(ADDRESS)) == 0)
        return false;
    for (const char *c = value; *c != '\0';) {
        uint32_t codepoint;
        size_t taken = text_decode(c, &codepoint);
        bool remark = *c == ';' && c > value && c[-1] == ' ';
        if (codepoint < ' ' || codepoint == 0x7F || remark ||
            (codepoint == NOT_A_CHARACTER && taken == 1))
            return false;
        c += taken;
    }
    return true;
}

/* The path with the home folder as ~, if it lies there. */
static bool shorten(char *value, size_t size, const char *path)
{
    char home[CONFIG_PATH_BYTES];
    size_t length = paths_home(home, sizeof home, NULL) ? strlen(home) : 0;
    bool inside = length > 1 && strncmp(path, home, length) == 0 && path[length] == '/';
    return text_copy(value, size, inside ? "~" : "") &&
           text_append(value, size, path + (inside ? length : 0));
}

bool shelf_path_to(char *value, size_t size, const char *path)
{
    static const char digits[] = "0123456789ABCDEF";
    if (path[0] == '/' && shelf_plain(path))
        return shorten(value, size, path);
    size_t used = strlen(ADDRESS);
    if (!text_copy(value, size, ADDRESS))
        return false;
    for (const char *c = path; *c != '\0'; c++) {
        unsigned char byte = (unsigned char)*c;
        bool plain = digit(*c) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                     strchr("/-_.~", byte) != NULL;
        if (used + 4 > size)
            return false;
        if (!plain)
            value[used++] = '%';
        value[used++] = plain ? *c : digits[byte >> 4];
        if (!plain)
            value[used++] = digits[byte & 15];
    }
    value[used] = '\0';
    return true;
}

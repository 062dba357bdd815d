// Headers of libraries that half of all numerical C leans on for its types and macros, and on nothing else. A package is
// examined without its libraries; these stand in for them, as far as they are arithmetic.

namespace Nsc.FrontEnd.Preprocessing.Packages;

internal static class WellKnownHeaders
{
    // Names and meanings as GLib documents them. What reports, checks or asserts does nothing here.
    private const string GLib = """
        #pragma once
        #include <stddef.h>
        #include <stdint.h>
        #include <math.h>
        #include <float.h>
        #include <limits.h>
        typedef char gchar; typedef unsigned char guchar; typedef short gshort; typedef unsigned short gushort;
        typedef int gint; typedef unsigned int guint; typedef long glong; typedef unsigned long gulong; typedef gint gboolean;
        typedef int8_t gint8; typedef uint8_t guint8; typedef int16_t gint16; typedef uint16_t guint16;
        typedef int32_t gint32; typedef uint32_t guint32; typedef int64_t gint64; typedef uint64_t guint64;
        typedef float gfloat; typedef double gdouble; typedef size_t gsize; typedef ptrdiff_t gssize; typedef gint64 goffset;
        typedef void *gpointer; typedef const void *gconstpointer; typedef guint32 gunichar; typedef gsize GType; typedef guint32 GQuark;
        #ifndef TRUE
        #define FALSE 0
        #define TRUE 1
        #endif
        #undef MIN
        #undef MAX
        #undef ABS
        #undef CLAMP
        #define MIN(a, b) ((a) < (b) ? (a) : (b))
        #define MAX(a, b) ((a) > (b) ? (a) : (b))
        #define ABS(a) ((a) < 0 ? -(a) : (a))
        #define CLAMP(x, low, high) ((x) > (high) ? (high) : (x) < (low) ? (low) : (x))
        #define G_PI 3.14159265358979323846
        #define G_PI_2 1.57079632679489661923
        #define G_PI_4 0.78539816339744830962
        #define G_E 2.71828182845904523536
        #define G_LN2 0.69314718055994530942
        #define G_LN10 2.30258509299404568402
        #define G_SQRT2 1.41421356237309504880
        #define G_MAXINT INT_MAX
        #define G_MININT INT_MIN
        #define G_MAXUINT UINT_MAX
        #define G_MAXUINT8 UINT8_MAX
        #define G_MAXUINT16 UINT16_MAX
        #define G_MAXINT32 INT32_MAX
        #define G_MAXUINT32 UINT32_MAX
        #define G_MAXDOUBLE DBL_MAX
        #define G_MINDOUBLE DBL_MIN
        #define G_MAXFLOAT FLT_MAX
        #define G_MINFLOAT FLT_MIN
        #define G_BEGIN_DECLS
        #define G_END_DECLS
        #define G_STMT_START do
        #define G_STMT_END while (0)
        #define G_GNUC_CONST
        #define G_GNUC_PURE
        #define G_GNUC_UNUSED
        #define G_GNUC_INTERNAL
        #define G_GNUC_MALLOC
        #define G_GNUC_PRINTF(a, b)
        #define G_GNUC_NULL_TERMINATED
        #define G_GNUC_WARN_UNUSED_RESULT
        #define G_GNUC_DEPRECATED
        #define G_GNUC_BEGIN_IGNORE_DEPRECATIONS
        #define G_GNUC_END_IGNORE_DEPRECATIONS
        #define G_INLINE_FUNC static inline
        #define G_LIKELY(x) (x)
        #define G_UNLIKELY(x) (x)
        #define G_N_ELEMENTS(a) (sizeof(a) / sizeof((a)[0]))
        #define G_STRFUNC ""
        #define g_return_if_fail(x) ((void)0)
        #define g_return_val_if_fail(x, y) ((void)0)
        #define g_return_if_reached() ((void)0)
        #define g_return_val_if_reached(y) ((void)0)
        #define g_assert(x) ((void)0)
        #define g_assert_not_reached() ((void)0)
        #define g_debug(...) ((void)0)
        #define g_message(...) ((void)0)
        #define g_warning(...) ((void)0)
        #define g_critical(...) ((void)0)
        #define g_print(...) ((void)0)
        #define g_printerr(...) ((void)0)
        typedef struct _GObject GObject; typedef struct _GError GError; typedef struct _GList GList; typedef struct _GSList GSList;
        typedef struct _GHashTable GHashTable; typedef struct _GArray GArray; typedef struct _GPtrArray GPtrArray; typedef struct _GString GString;
        typedef struct _GValue GValue; typedef struct _GParamSpec GParamSpec;
        """;

    /// <summary>The text that stands in for a library's header, or null.</summary>
    public static string? TextOf(string header) => header switch
    {
        "glib.h" or "glib-object.h" or "glib/gtypes.h" or "glib/gi18n.h" or "glibconfig.h" or "gio/gio.h" => GLib,
        _ => null,
    };
}

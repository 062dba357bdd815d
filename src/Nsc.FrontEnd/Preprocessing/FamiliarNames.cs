// Names that mean the same in all projects that have them: macros of Linux, Arduino, CMSIS and others, types, numbers. They stand in for headers
// that are not on this machine. What evaluates an argument once there does so here.

using System.Text.RegularExpressions;

namespace Nsc.FrontEnd.Preprocessing;

internal static class FamiliarNames
{
    private const string Less = "<", Greater = ">";

    private static string Word => $@"[usi](?:8|16|32|64)|f(?:32|64)|[usUS]?[iI]nt(?:8|16|32|64)|gu?int(?:8|16|32|64)|U?INT(?:8|16|32|64)|(?:float|real|Float)(?:32|64)(?:_t|_T)?|u?int(?:8|16|32)_T|{string.Join('|', Types.Keys)}";

    /// <summary>Macros: the head, and what it stands for.</summary>
    public static readonly (string Head, string Meaning)[] Macros =
    [
        ("MIN(a, b)", "((a) < (b) ? (a) : (b))"), ("MAX(a, b)", "((a) > (b) ? (a) : (b))"), ("ABS(a)", "((a) < 0 ? -(a) : (a))"),
        ("CLAMP(x, low, high)", "((x) > (high) ? (high) : (x) < (low) ? (low) : (x))"), ("constrain(x, low, high)", Limited("__typeof__(1 ? (x) : 1 ? (low) : (high))")),
        ("ARRAY_SIZE(a)", "(sizeof(a) / sizeof((a)[0]))"), ("UNUSED(x)", "((void)(x))"), ("likely(x)", "(x)"), ("unlikely(x)", "(x)"),
        ("pgm_read_byte(p)", "(*(const unsigned char *)(p))"), ("pgm_read_word(p)", "(*(const unsigned short *)(p))"),
        ("pgm_read_dword(p)", "(*(const unsigned int *)(p))"), ("pgm_read_float(p)", "(*(const float *)(p))"),
        ("PROGMEM", ""), ("IRAM_ATTR", ""), ("DRAM_ATTR", ""), ("__aligned(n)", "__attribute__((aligned(n)))"), ("__packed", "__attribute__((packed))"), ("__maybe_unused", ""), ("__iomem", ""),
        ("WINAPI", ""), ("CALLBACK", ""), ("APIENTRY", ""), ("VOID", "void"),
        ("min(a, b)", Chosen("__typeof__(1 ? (a) : (b))", Less)), ("max(a, b)", Chosen("__typeof__(1 ? (a) : (b))", Greater)), ("clamp(x, low, high)", Limited("__typeof__(1 ? (x) : 1 ? (low) : (high))")),
        ("min_t(type, a, b)", Chosen("type", Less)), ("max_t(type, a, b)", Chosen("type", Greater)), ("clamp_t(type, x, low, high)", Limited("type")), ("clamp_val(x, low, high)", Limited("__typeof__(x)")),
        ("DIV_ROUND_UP(n, d)", "(((n) + (d) - 1) / (d))"),
        ("DIV_ROUND_CLOSEST(x, d)", "({ __typeof__(x) nsc_x = (x); __typeof__(d) nsc_d = (d); ((__typeof__(x))-1) > 0 || ((__typeof__(d))-1) > 0 || (nsc_x > 0) == (nsc_d > 0) ? (nsc_x + nsc_d / 2) / nsc_d : (nsc_x - nsc_d / 2) / nsc_d; })"),
        ("BIT(n)", "(1UL << (n))"), ("_BV(n)", "(1 << (n))"), ("bit(n)", "(1UL << (n))"),
        ("map(x, a, b, c, d)", "(((long)(x) - (long)(a)) * ((long)(d) - (long)(c)) / ((long)(b) - (long)(a)) + (long)(c))"), ("sq(x)", "({ __typeof__((x) + 0) nsc_x = (x); nsc_x * nsc_x; })"),
        ("radians(x)", "((x) * 0.017453292519943295769236907684886)"), ("degrees(x)", "((x) * 57.295779513082320876798154814105)"),
        ("__SSAT(x, n)", "({ int nsc_x = (x); const long long nsc_top = (1LL << ((n) - 1)) - 1; (int)(nsc_x > nsc_top ? nsc_top : nsc_x < -nsc_top - 1 ? -nsc_top - 1 : nsc_x); })"),
        ("__USAT(x, n)", "({ int nsc_x = (x); const long long nsc_top = (1LL << (n)) - 1; (unsigned int)(nsc_x > nsc_top ? nsc_top : nsc_x < 0 ? 0 : nsc_x); })"),
        ("__CLZ(x)", "({ unsigned int nsc_x = (x); (unsigned char)(nsc_x ? __builtin_clz(nsc_x) : 32); })"),
        ("div64_s64(a, b)", "((long long)(a) / (long long)(b))"), ("div64_u64(a, b)", "((unsigned long long)(a) / (unsigned long long)(b))"),
        ("div_s64(a, b)", "((long long)(a) / (int)(b))"), ("div_u64(a, b)", "((unsigned long long)(a) / (unsigned int)(b))"),
        ("do_div(n, d)", "({ unsigned int nsc_d = (d), nsc_rest = (unsigned int)((n) % nsc_d); (n) /= nsc_d; nsc_rest; })"),
        ("sign_extend32(x, n)", "((int)((unsigned int)(x) << (31 - (n))) >> (31 - (n)))"),
        ("le16_to_cpu(x)", "((unsigned short)(x))"), ("le32_to_cpu(x)", "((unsigned int)(x))"), ("WARN_ON(x)", "(!!(x))"),
        ("container_of(p, type, member)", "((type *)((char *)(p) - __builtin_offsetof(type, member)))"),
        ("g_return_if_fail(x)", "do { if (!(x)) return; } while (0)"), ("g_return_val_if_fail(x, value)", "do { if (!(x)) return (value); } while (0)"),
        ("ISNAN(x)", "__builtin_isnan((double)(x))"), ("R_FINITE(x)", "__builtin_isfinite((double)(x))"), ("R_pow(x, y)", "__builtin_pow(x, y)"), ("R_pow_di(x, n)", "__builtin_pow(x, n)"),
        ("xSemaphoreTake(lock, ticks)", "1"), ("pdTRUE", "1"), ("pdPASS", "1"), ("pdFALSE", "0"), ("pdFAIL", "0"), ("pdMS_TO_TICKS(x)", "(x)"),
        ("PX4_ISFINITE(x)", "__builtin_isfinite(x)"),
        ("arm_sin_f32(x)", "__builtin_sinf(x)"), ("arm_cos_f32(x)", "__builtin_cosf(x)"),
        ("arm_sqrt_f32(x, p)", "({ float nsc_x = (x); *(p) = nsc_x > 0 ? __builtin_sqrtf(nsc_x) : 0; nsc_x < 0 ? -1 : 0; })"),
        ("_IQ(x)", "((int)((x) * 16777216.0))"), ("_IQmpy(a, b)", "((int)(((long long)(a) * (b)) >> 24))"), ("_IQdiv(a, b)", "((int)(((long long)(a) << 24) / (b)))"),
        ("_IQsat(x, high, low)", Limited("int")), ("_IQabs(x)", "({ int nsc_x = (x); nsc_x < 0 ? -nsc_x : nsc_x; })"), ("_IQtoF(x)", "((float)(x) / 16777216.0f)"),
        ("_IQdiv2(x)", "((x) >> 1)"), ("_IQmpy2(x)", "((x) << 1)"),
    ];

    /// <summary>Macros of f2c's header, which stand in for functions of C where a file uses f2c's types.</summary>
    public static readonly (string Head, string Meaning)[] MacrosOfFortran =
        [.. ((string[])["abs", "dabs"]).Select(n => ($"{n}(x)", "({ __typeof__((x) + 0) nsc_x = (x); nsc_x >= 0 ? nsc_x : -nsc_x; })")), ("dmin(a, b)", Chosen("double", Less)), ("dmax(a, b)", Chosen("double", Greater))];

    /// <summary>The types that only f2c's header has.</summary>
    public static readonly HashSet<string> TypesOfFortran = ["doublereal", "integer", "ftnlen"];

    /// <summary>Types of C's own headers, CMSIS, Arduino, Windows, BSD, GLib, OpenGL, MATLAB and NumPy, audio plugins, and f2c.</summary>
    public static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["size_t"] = "unsigned long", ["ssize_t"] = "long", ["ptrdiff_t"] = "long",
        ["q7_t"] = "int8_t", ["q15_t"] = "int16_t", ["q31_t"] = "int32_t", ["q63_t"] = "int64_t", ["boolean"] = "unsigned char", ["byte"] = "unsigned char", ["_iq"] = "int32_t", ["fix16_t"] = "int32_t",
        ["BOOL"] = "int", ["BYTE"] = "unsigned char", ["WORD"] = "unsigned short", ["DWORD"] = "unsigned int", ["FLOAT"] = "float", ["DOUBLE"] = "double",
        ["UCHAR"] = "unsigned char", ["USHORT"] = "unsigned short", ["UINT"] = "unsigned int", ["ULONG"] = "unsigned int",
        ["uchar"] = "unsigned char", ["ushort"] = "unsigned short", ["uint"] = "unsigned int", ["ulong"] = "unsigned long",
        ["gfloat"] = "float", ["gdouble"] = "double", ["gint"] = "int", ["guint"] = "unsigned int", ["gboolean"] = "int", ["guchar"] = "unsigned char", ["gsize"] = "unsigned long",
        ["GLfloat"] = "float", ["GLdouble"] = "double", ["GLint"] = "int", ["GLuint"] = "unsigned int", ["GLubyte"] = "unsigned char", ["GLsizei"] = "int", ["GLboolean"] = "unsigned char",
        ["real_T"] = "double", ["boolean_T"] = "unsigned char", ["mwSize"] = "unsigned long", ["mwIndex"] = "unsigned long",
        ["npy_double"] = "double", ["npy_float"] = "float", ["npy_intp"] = "long", ["MYFLT"] = "double", ["t_sample"] = "float", ["t_float"] = "float", ["LADSPA_Data"] = "float",
        ["doublereal"] = "double", ["integer"] = "int", ["logical"] = "int", ["shortint"] = "short", ["ftnlen"] = "int",
    };

    /// <summary>Those, and all names of types that tell how many bits they have, such as u8, Sint16, guint32 or float64, where they declare or convert something.</summary>
    public static readonly Regex Type = new($@"\b(?:{Word})\b(?=\s+\*?\w|\*+\s+\w)|(?<=\(\s*)\b(?:{Word})\b(?=\s*\*?\s*\))", RegexOptions.CultureInvariant);

    /// <summary>Numbers.</summary>
    public static readonly Dictionary<string, string> Numbers = new(StringComparer.Ordinal)
    {
        ["TRUE"] = "1", ["FALSE"] = "0", ["HIGH"] = "1", ["LOW"] = "0",
        ["PI"] = "3.14159265358979323846", ["M_PI_F"] = "3.14159265f", ["M_PI_2_F"] = "1.57079632f", ["M_PI_4_F"] = "0.785398163f", ["M_TWOPI"] = "6.28318530717958647693", ["M_TWOPI_F"] = "6.28318531f",
        ["TWO_PI"] = "6.28318530717958647693", ["HALF_PI"] = "1.57079632679489661923", ["PI_F"] = "3.14159265f", ["M_2PI"] = "6.28318530717958647693", ["M_2PI_F"] = "6.28318531f",
        ["DEG_TO_RAD"] = "0.01745329251994329577", ["RAD_TO_DEG"] = "57.2957795130823208768", ["M_DEG_TO_RAD"] = "0.01745329251994329577", ["M_RAD_TO_DEG"] = "57.2957795130823208768",
        ["M_DEG_TO_RAD_F"] = "0.0174532925f", ["M_RAD_TO_DEG_F"] = "57.2957795f", ["CONSTANTS_ONE_G"] = "9.80665f", ["M_1_SQRT_2PI"] = "0.398942280401432677939946059934", ["G_PI"] = "3.14159265358979323846", ["EULER"] = "2.71828182845904523536",
    };

    private static string Chosen(string type, string relation) => $"({{ {type} nsc_a = (a), nsc_b = (b); nsc_a {relation} nsc_b ? nsc_a : nsc_b; }})";

    private static string Limited(string type) => $"({{ {type} nsc_x = (x), nsc_low = (low), nsc_high = (high); nsc_x > nsc_high ? nsc_high : nsc_x < nsc_low ? nsc_low : nsc_x; }})";
}

// An export for a small machine, built for a Cortex-M4 without a C library and run by an emulator of one.

using System.Diagnostics;
using System.Globalization;
using Nsc.Core.Files;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Export;
using Nsc.Tests.Core.Surrogates;

namespace Nsc.Tests.Export;

public sealed class CortexMTests : IDisposable
{
    // Prints the bits of all answers by semihosting.
    private const string Program = """
        #include "f.nn.h"
        #include <stdint.h>
        extern int stack_top;
        static void call(int operation, const void *argument)
        {
            register int r0 __asm__("r0") = operation;
            register const void *r1 __asm__("r1") = argument;
            __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
        }
        static void print(float value)
        {
            union { float value; uint32_t bits; } v = { value };
            char line[10];
            for (int i = 0; i < 8; i++)
                line[i] = "0123456789abcdef"[v.bits >> (28 - 4 * i) & 15];
            line[8] = '\n';
            line[9] = 0;
            call(4, line);
        }
        static void reset(void)
        {
            *(volatile uint32_t *)0xe000ed88 |= 0xf << 20; // the floating-point unit on
            __asm__ volatile("dsb; isb");
            for (int row = 0; row < F_SURROGATE_TEST_ROWS; row++)
            {
                float out[sizeof f_surrogate_test_out[0] / sizeof(float)];
                f_surrogate(f_surrogate_test_in[row], out);
                for (unsigned k = 0; k < sizeof out / sizeof *out; k++)
                    print(out[k]);
            }
            call(0x18, (void *)0x20026);
        }
        __attribute__((section(".vectors"), used)) static const void *const vectors[] = { &stack_top, (void *)reset };
        """;

    private const string Memory = """
        MEMORY { rom (rx) : ORIGIN = 0, LENGTH = 256K  ram (rw) : ORIGIN = 0x20000000, LENGTH = 64K }
        SECTIONS { .text : { KEEP(*(.vectors)) *(.text*) *(.rodata*) *(.net*) } > rom  .data : { *(.data*) } > ram  .bss : { *(.bss*) *(COMMON) } > ram }
        stack_top = ORIGIN(ram) + LENGTH(ram);
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("nsc-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(WeightFormat.Float32)]
    [InlineData(WeightFormat.Int8)]
    public void It_answers_as_run_does_and_links_no_helper_for_doubles(WeightFormat format)
    {
        Assert.SkipUnless(ExecutablePath.Find("arm-none-eabi-gcc") is not null, "There is no arm-none-eabi-gcc; apt-get install gcc-arm-none-eabi brings it.");
        Surrogate surrogate = StoredWeights.Round(SampleSurrogates.WithAnswers() with { OutputValues = [[], [], [], [], []] }, format)!;
        var options = new ExportOptions(Weights: format) { IsSingleThroughout = true, HasBatch = false, Section = ".net", TestRows = 20 };
        Write("f.nn.c", CExport.Write(surrogate, options));
        Write("f.nn.h", CExport.WriteDeclarations(surrogate, options));
        Write("program.c", Program);
        Write("memory.ld", Memory);
        Run("arm-none-eabi-gcc",
            "-mcpu=cortex-m4", "-mthumb", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16", "-O2", "-Wall", "-Wextra", "-Wdouble-promotion", "-Werror", "-Wno-unused-variable", "-ffreestanding", "-nostdlib",
            "-DF_SURROGATE_TEST", "-T", "memory.ld", "program.c", "f.nn.c", "-lgcc", "-o", "program.elf");
        Assert.DoesNotContain("__aeabi_", Run("arm-none-eabi-nm", "program.elf"), StringComparison.Ordinal);

        Assert.SkipUnless(ExecutablePath.Find("qemu-system-arm") is not null, "There is no qemu-system-arm; apt-get install qemu-system-arm brings it.");
        string said = Run("qemu-system-arm", "-M", "mps2-an386", "-display", "none", "-serial", "none", "-monitor", "none", "-semihosting-config", "enable=on,target=native", "-kernel", "program.elf");
        float[] given = [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(bits => BitConverter.UInt32BitsToSingle(uint.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))];
        double[] x = Array.ConvertAll(InputSampler.Draw(surrogate.Signature, 20, new SplitMix64(1)), v => (double)(float)v), expected = surrogate.Answer(x);
        Assert.Equal(100, given.Length);
        Assert.InRange(expected.Zip(given).Count(p => Math.Abs(p.First - p.Second) > 1e-4), 0, 1); // a number near a half may be rounded to the other side
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = _folder })!;
        string messages = process.StandardError.ReadToEnd(), output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(60_000), $"{program} does not end");
        Assert.True(process.ExitCode == 0, messages);
        return output + messages;
    }
}

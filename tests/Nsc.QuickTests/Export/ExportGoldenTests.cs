// What is exported stays as it is, to the byte; NSC_UPDATE_GOLDEN=1 rewrites the files in Golden/Export.

using System.Runtime.CompilerServices;
using System.Text;
using Nsc.Core.Surrogates;
using Nsc.Export;
using Nsc.Tests.Core.Surrogates;

namespace Nsc.Tests.Export;

public class ExportGoldenTests
{
    private static readonly Surrogate s_surrogate = SampleSurrogates.Create(new Topology(2, [5, 3], 2));

    [Fact]
    public void C_in_single_precision_stays() => AssertGolden("single.c", CExport.Write(s_surrogate, new ExportOptions(Notes: ["A note."])));

    [Fact]
    public void C_in_double_precision_stays() => AssertGolden("double.c", CExport.Write(s_surrogate, new ExportOptions(Precision: Precision.Double)));

    [Fact]
    public void C_with_16_bit_weights_stays() => AssertGolden("half.c", CExport.Write(StoredWeights.Round(s_surrogate, WeightFormat.Float16)!, new ExportOptions(Weights: WeightFormat.Float16)));

    [Fact]
    public void The_declarations_stay() => AssertGolden("single.h", CExport.WriteDeclarations(s_surrogate, new ExportOptions()));

    [Fact]
    public void C_sharp_stays() => AssertGolden("single.cs.txt", CSharpExport.Write(s_surrogate));

    [Fact]
    public void C_sharp_in_double_precision_stays() => AssertGolden("double.cs.txt", CSharpExport.Write(s_surrogate, Precision.Double));

    [Fact]
    public void An_ONNX_model_stays() => AssertGolden("single.onnx", OnnxExport.Write(s_surrogate));

    [Fact]
    public void An_ONNX_model_in_double_precision_stays() => AssertGolden("double.onnx", OnnxExport.Write(s_surrogate, Precision.Double));

    // They are run by ExportTests, and the C by ExportedScalingTests.
    [Fact]
    public void Exports_of_logarithms_and_whole_numbers_stay()
    {
        Surrogate surrogate = SampleSurrogates.WithAnswers();
        AssertGolden("answers.c", CExport.Write(surrogate, new ExportOptions()));
        AssertGolden("answers.cs.txt", CSharpExport.Write(surrogate));
        AssertGolden("answers.onnx", OnnxExport.Write(surrogate, Precision.Double));
    }

    [Fact]
    public void Exports_of_derivatives_stay()
    {
        Surrogate surrogate = SampleSurrogates.WithAnswers();
        AssertGolden("jacobian.c", CExport.Write(surrogate, new ExportOptions(HasJacobian: true)));
        AssertGolden("jacobian.h", CExport.WriteDeclarations(surrogate, new ExportOptions(HasJacobian: true)));
        AssertGolden("jacobian.cs.txt", CSharpExport.Write(surrogate, Precision.Double, hasJacobian: true));
        AssertGolden("jacobian.onnx", OnnxExport.Write(surrogate, Precision.Double, hasJacobian: true));
    }

    [Fact]
    public void Formats_and_endings_are_apart()
    {
        Assert.Equal(Exporters.All.Length, Exporters.All.DistinctBy(e => e.Format).Count());
        Assert.Equal(Exporters.All.Length, Exporters.All.DistinctBy(e => e.Extension).Count());
        Assert.All(Exporters.All, e => Assert.Same(e, Exporters.Of(e.Format)));
    }

    [Fact]
    public void An_exporter_writes_what_its_class_writes()
    {
        var options = new ExportOptions(Precision: Precision.Double);
        Assert.Equal(Encoding.UTF8.GetBytes(CExport.Write(s_surrogate, options)), Exporters.Of("c").Write(s_surrogate, options));
        Assert.Equal(Encoding.UTF8.GetBytes(CSharpExport.Write(s_surrogate, Precision.Double)), Exporters.Of("csharp").Write(s_surrogate, options));
        Assert.Equal(OnnxExport.Write(s_surrogate, Precision.Double), Exporters.Of("onnx").Write(s_surrogate, options));
    }

    [Fact]
    public void Only_C_holds_programs_and_goes_to_small_machines_and_only_in_ONNX_a_runtime_decides_the_order()
    {
        Assert.Equal(["c"], Exporters.All.Where(e => e.CanDropIn).Select(e => e.Format));
        Assert.Equal(["c", "fortran"], Exporters.All.Where(e => e.CanShrink).Select(e => e.Format));
        Assert.Equal(["fortran"], Exporters.All.Where(e => !e.Computes).Select(e => e.Format));
        Assert.Equal(["onnx"], Exporters.All.Where(e => !e.FixesOrder).Select(e => e.Format));
        Assert.Equal(["c"], Exporters.All.Where(e => e.WriteDeclarations(s_surrogate, new ExportOptions()) is not null).Select(e => e.Format));
    }

    [Fact]
    public void Running_the_file_is_what_tells_the_answers_of_C_and_of_ONNX_in_single_precision()
    {
        double[] x = [0.5, 0.25], y = new SurrogateEvaluator(s_surrogate).Evaluate(x);
        Assert.Equal(y, Exporters.Of("onnx").Evaluate(s_surrogate, x, Precision.Double)!);
        Assert.Null(Exporters.Of("onnx").Evaluate(s_surrogate, x, Precision.Single));
        Assert.All([Precision.Single, Precision.Double], precision => Assert.Null(Exporters.Of("c").Evaluate(s_surrogate, x, precision)));
    }

    private static void AssertGolden(string file, string text) => AssertGolden(file, Encoding.UTF8.GetBytes(text));

    private static void AssertGolden(string file, byte[] content)
    {
        string path = Path.Combine(Folder(), file);
        if (Environment.GetEnvironmentVariable("NSC_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllBytes(path, content);
        }

        Assert.Equal(File.ReadAllBytes(path), content);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "Golden", "Export");
}

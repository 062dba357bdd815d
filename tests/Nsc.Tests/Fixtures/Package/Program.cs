// From a C function to a neural surrogate in C.
using Nsc.Compiler;
using Nsc.Compiler.Input;

const string Bend = """
    #include <math.h>
    #pragma nsc input(x, -2, 2)
    #pragma nsc input(y, 0, 1)
    double bend(double x, double y) { return sin(x) + y * y; }
    """;

var compiled = Value(SurrogateCompiler.Compile(new CSource("bend.c", Bend)));
var surrogate = Value(SurrogateCompiler.FineTune(compiled.Surrogate, samples: 128)).Surrogate;
Console.WriteLine($"bend(0.5, 0.25) = {SurrogateCompiler.Run(surrogate, [0.5, 0.25])[0]:g4}");
Console.WriteLine($"NMSE {Value(SurrogateCompiler.Evaluate(surrogate, samples: 1024)).Nmse:g4}");
var exported = Value(SurrogateCompiler.Export(surrogate));
File.WriteAllBytes("bend.nn.c", exported.Content);
File.WriteAllBytes("bend.nn.h", exported.Header!);

static T Value<T>(Result<T> result)
    where T : class => result.Value ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics));

// A few things take libtorch. The executable that has it hands them over; the verbs themselves run without.

using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.CommandLine;

/// <summary>What takes the tensor library.</summary>
/// <param name="ToNet">Makes a network of a baseline's checkpoint.</param>
/// <param name="ReferenceTrainer">The readable reference of our own engine.</param>
/// <param name="Version">Loads the library and says which one it is.</param>
internal sealed record TensorLibrary(Func<CompNetCheckpoint, IEmitter> ToNet, Func<INetTrainer> ReferenceTrainer, Func<string> Version);

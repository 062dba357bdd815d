// What every container keeps to, checked before writing and after reading alike.

namespace Nsc.Core.Surrogates;

/// <summary>The bounds and rules of <see cref="TensorContainer"/>.</summary>
internal static class ContainerRules
{
    public const int MaxHeaderBytes = 16 << 20;
    public const int MaxTensors = 1 << 14;
    public const int MaxNameLength = 256;

    /// <summary>The first rule that a container breaks, in words; null when it keeps them all.</summary>
    public static string? Violation(TensorContainer container)
    {
        if (container.Tensors.Length > MaxTensors)
        {
            return $"{container.Tensors.Length} tensors; at most {MaxTensors} are allowed";
        }

        if (container.Metadata.ContainsKey(TensorContainer.ChecksumKey))
        {
            return $"the metadata entry '{TensorContainer.ChecksumKey}' is reserved";
        }

        if (container.Metadata.Any(entry => !IsText(entry.Key) || !IsText(entry.Value)))
        {
            return "the metadata hold text that is not valid Unicode";
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        long bytes = 0;
        foreach (Tensor tensor in container.Tensors)
        {
            if (Violation(tensor) is string violation)
            {
                return violation;
            }

            if (!names.Add(tensor.Name))
            {
                return $"two tensors are named '{tensor.Name}'";
            }

            bytes += (long)tensor.Values.Length * sizeof(float);
        }

        return bytes > TensorContainer.MaxFileBytes - MaxHeaderBytes ? $"the tensors take {bytes} bytes, too many for one file" : null;
    }

    private static string? Violation(Tensor tensor)
    {
        if (!IsName(tensor.Name))
        {
            return $"a tensor's name must be 1 to {MaxNameLength} printable ASCII characters, and not '{ContainerHeader.MetadataKey}'";
        }

        if (tensor.Shape.Length > Tensor.MaxRank || Tensor.ElementCount(tensor.Shape) is not int count)
        {
            return $"tensor '{tensor.Name}' has an impossible shape [{string.Join(", ", tensor.Shape)}]";
        }

        return count == tensor.Values.Length
            ? null
            : $"tensor '{tensor.Name}' has {tensor.Values.Length} values and its shape [{string.Join(", ", tensor.Shape)}] asks for {count}";
    }

    // Half of a surrogate pair has no UTF-8 form, so it could not be read back.
    private static bool IsText(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength && name != ContainerHeader.MetadataKey && name.All(c => c is > ' ' and <= '~');
}

// The one error of every reader of our files.

namespace Nsc.Core.Surrogates;

/// <summary>A container, surrogate or checkpoint is damaged or is not what it claims to be; the message says what is wrong.</summary>
public sealed class ContainerException : FormatException
{
    public ContainerException()
    {
    }

    public ContainerException(string message)
        : base(message)
    {
    }

    public ContainerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

// The file through which a run's results come out of the sandbox. The program may have written anything to it.

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Nsc.Core.Sampling;

namespace Nsc.FrontEnd.Execution;

/// <summary>How far a run came; the numbers are shared with runner.c.</summary>
internal enum Pass
{
    First = 1,
    Second = 2,
    Done = 3,
}

/// <summary>
/// Layout, as in runner.c: pass (int32), timeouts (int32), current sample (int64), incident kind and detail (int32 each), whether
/// a call is under way (int32), where in the unit the first fault was (int64 at 32), zeros up to 64; a status byte for each sample, zeros up to a multiple of 8; the outputs (count, outputCount) as doubles.
/// </summary>
internal sealed class ResultsFile : IDisposable
{
    private const int HeaderBytes = 64, PassAt = 0, CurrentAt = 8, IncidentAt = 16, CallingAt = 24, FaultAt = 32;

    private readonly SafeFileHandle _file;
    private readonly int _count;
    private readonly int _outputCount;
    private (Pass Pass, long Sample) _brokenAt;

    /// <summary>Makes the file with its whole space allocated, so that the sandbox cannot run into a full disk.</summary>
    public ResultsFile(string path, int count, int outputCount)
    {
        _count = count;
        _outputCount = outputCount;
        long length = OutputsAt + ((long)count * outputCount * sizeof(double));
        _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite, preallocationSize: length);
        RandomAccess.SetLength(_file, length);
        Write(PassAt, BitConverter.GetBytes((int)Pass.First));
    }

    private long OutputsAt => (HeaderBytes + (long)_count + 7) / 8 * 8;

    public bool IsDone => BinaryPrimitives.ReadInt32LittleEndian(Header()) == (int)Pass.Done;

    /// <summary>
    /// Prepares for a new process to go on: the sample whose call was under way gets a status and is skipped. False when the header
    /// does not tell where to go on.
    /// </summary>
    public bool SkipInterruptedCall(SampleStatus status)
    {
        byte[] header = Header();
        var pass = (Pass)BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(PassAt));
        long current = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(CurrentAt));
        if (pass is not (Pass.First or Pass.Second) || current < 0 || current >= _count)
        {
            return false;
        }

        // A process can also break between two calls, because of what an earlier one did. That is no sample's own fault, unless a
        // new process, which begins with this sample, breaks there again.
        if (BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(CallingAt)) != 0 || _brokenAt == (pass, current))
        {
            Write(HeaderBytes + current, [(byte)status]);
            Write(CurrentAt, BitConverter.GetBytes(pass == Pass.First ? current + 1 : current - 1));
            Write(CallingAt, BitConverter.GetBytes(0));
        }

        _brokenAt = (pass, current);

        return true;
    }

    /// <summary>Gives every sample the same status.</summary>
    public void MarkAll(SampleStatus status)
    {
        var statuses = new byte[_count];
        Array.Fill(statuses, (byte)status);
        Write(HeaderBytes, statuses);
    }

    /// <summary>The first thing that the runner saw go wrong, in words, or null.</summary>
    public string? FirstIncident()
    {
        byte[] header = Header();
        var kind = (IncidentKind)BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(IncidentAt));
        return Incident.Describe(kind, BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(IncidentAt + 4)));
    }

    /// <summary>The results as far as they can be trusted, with the first incident unless the caller knows a better one.</summary>
    public ProgramRun ToRun(string? incident)
    {
        var statuses = new SampleStatus[_count];
        var outputs = new double[_count * _outputCount];
        Read(HeaderBytes, MemoryMarshal.AsBytes(statuses.AsSpan()));
        Read(OutputsAt, outputs);
        for (int i = 0; i < _count; i++)
        {
            Span<double> row = outputs.AsSpan(i * _outputCount, _outputCount);
            statuses[i] = Checked(statuses[i], row);
            if (statuses[i] is not (SampleStatus.Ok or SampleStatus.NotFinite))
            {
                row.Fill(double.NaN);
            }
        }

        return new ProgramRun(outputs, statuses, incident ?? FirstIncident()) { FirstFault = BinaryPrimitives.ReadInt64LittleEndian(Header().AsSpan(FaultAt)) };
    }

    public void Dispose() => _file.Dispose();

    private static SampleStatus Checked(SampleStatus status, ReadOnlySpan<double> outputs)
    {
        if (status == SampleStatus.Ok)
        {
            foreach (double output in outputs)
            {
                if (!double.IsFinite(output))
                {
                    return SampleStatus.NotFinite;
                }
            }
        }

        return status <= SampleStatus.NotDeterministic ? status : SampleStatus.NotRun;
    }

    private byte[] Header()
    {
        var header = new byte[HeaderBytes];
        Read(0, header);
        return header;
    }

    private void Write(long offset, byte[] bytes) => RandomAccess.Write(_file, bytes, offset);

    private void Read(long offset, Span<byte> bytes)
    {
        for (int n; bytes.Length > 0 && (n = RandomAccess.Read(_file, bytes, offset)) > 0; bytes = bytes[n..])
        {
            offset += n;
        }
    }

    // In pieces, because a span of bytes cannot be as long as the longest span of doubles.
    private void Read(long offset, Span<double> values)
    {
        const int Piece = 1 << 24;
        for (int start = 0; start < values.Length; start += Piece)
        {
            Span<double> piece = values.Slice(start, Math.Min(Piece, values.Length - start));
            Read(offset + ((long)start * sizeof(double)), MemoryMarshal.AsBytes(piece));
        }
    }
}

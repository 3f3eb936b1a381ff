namespace Report12350.Web.Security;

/// <summary>
/// Leaves out of a form what no keyboard types and the form reader refuses the whole form for (U+0000): else everything that was typed
/// beside it would be lost, and the visitor told that the page was open too long.
/// </summary>
public sealed class FormWithoutNuls(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is true)
            context.Request.Body = new WithoutNuls(context.Request.Body);
        return next(context);
    }

    private sealed class WithoutNuls(Stream form) : Stream
    {
        private static ReadOnlySpan<byte> Nul => "%00"u8;

        /// <summary>How much of <see cref="Nul"/> the last bytes were.</summary>
        private int begun;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.IsEmpty)
                return 0;
            // What was held back comes out before what follows it.
            var raw = new byte[Math.Max(1, buffer.Length - Nul.Length + 1)];
            while (await form.ReadAsync(raw, cancellationToken) is > 0 and var read)
            {
                if (Take(raw.AsSpan(0, read), buffer.Span) is > 0 and var taken)
                    return taken;
            }

            Nul[..begun].CopyTo(buffer.Span);
            (var rest, begun) = (begun, 0);
            return rest;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int Take(ReadOnlySpan<byte> raw, Span<byte> to)
        {
            var taken = 0;
            foreach (var one in raw)
            {
                if (one == Nul[begun])
                {
                    begun = (begun + 1) % Nul.Length;
                    continue;
                }

                Nul[..begun].CopyTo(to[taken..]);
                taken += begun;
                begun = one == Nul[0] ? 1 : 0;
                if (begun == 0 && one != 0)
                    to[taken++] = one;
            }

            return taken;
        }
    }
}

namespace Makemore.Models;

/// <summary>The decoder that a predictor lends to one after the other, so that only the first waits until it is compiled.</summary>
/// <param name="create">Makes a decoder of so many lines.</param>
sealed class LentDecoder(Func<int, NetworkDecoder> create) : IDisposable
{
    NetworkDecoder? idle;
    bool isClosed;

    /// <summary>A decoder with the parameters as they are; disposed, it waits for the next who asks for as many lines.</summary>
    /// <exception cref="ObjectDisposedException">What lends it was disposed.</exception>
    public IDecoder Lend(int lines)
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        if (idle?.Lines != lines)
            return new Loan(this, create(lines));
        var decoder = idle;
        idle = null;
        decoder.Prepare();
        return new Loan(this, decoder);
    }

    /// <summary>Gives back what is held. What is lent meanwhile is given back when its turn is over.</summary>
    public void Dispose()
    {
        isClosed = true;
        idle?.Dispose();
        idle = null;
    }

    void Return(NetworkDecoder decoder)
    {
        if (isClosed)
        {
            decoder.Dispose();
            return;
        }

        idle?.Dispose();
        idle = decoder;
    }

    sealed class Loan(LentDecoder lender, NetworkDecoder decoder) : IDecoder
    {
        bool isOver;

        public int Lines => decoder.Lines;

        public int Kept => decoder.Kept;

        public ReadOnlySpan<float> Step(ReadOnlySpan<int> tokens, ReadOnlySpan<int> positions) => decoder.Step(tokens, positions);

        public void Save(int line, Span<float> kept) => decoder.Save(line, kept);

        public void Recall(int line, ReadOnlySpan<int> tokens, ReadOnlySpan<float[]> kept) => decoder.Recall(line, tokens, kept);

        public void Dispose()
        {
            if (!isOver)
                lender.Return(decoder);
            isOver = true;
        }
    }
}

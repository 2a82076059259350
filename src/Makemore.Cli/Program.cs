Console.WriteLine("makemore");

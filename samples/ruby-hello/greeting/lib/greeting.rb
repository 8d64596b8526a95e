module Greeting
  def self.for(name)
    "Hello from #{name}\n"
  end
end
